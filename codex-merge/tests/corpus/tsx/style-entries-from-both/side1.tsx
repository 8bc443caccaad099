export const Note = ({ text }: NoteProps) => <p style={{ margin: 0, padding: 4, color: 'gray' }}>{text}</p>;

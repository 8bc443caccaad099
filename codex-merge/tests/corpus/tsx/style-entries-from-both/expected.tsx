export const Note = ({ text }: NoteProps) => <p style={{ margin: 0, padding: 8, color: 'gray', fontStyle: 'italic' }}>{text}</p>;

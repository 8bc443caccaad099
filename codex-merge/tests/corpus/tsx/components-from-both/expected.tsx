export const Badge = ({ text }: BadgeProps) => <span className="badge">{text}</span>;

export const Pill = ({ text }: BadgeProps) => <span className="badge pill">{text}</span>;

interface DotProps {
  colour: string;
}

export function Dot({ colour }: DotProps) {
  return <i className="dot" style={{ background: colour }} />;
}

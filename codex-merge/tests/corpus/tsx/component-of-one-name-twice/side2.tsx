export const Badge = ({ text }: BadgeProps) => <span className="badge">{text}</span>;

export function Pill({ text }: BadgeProps) {
  return <em>{text}</em>;
}

export const Badge = ({ text }: BadgeProps) => <span className="badge">{text}</span>;

export const Pill = ({ text }: BadgeProps) => <span className="badge pill">{text}</span>;

export function EmailField({ value, onChange }: FieldProps) {
  return (
    <input
      type="email"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

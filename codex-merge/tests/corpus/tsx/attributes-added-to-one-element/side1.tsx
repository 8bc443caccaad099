export function EmailField({ value, onChange }: FieldProps) {
  return (
    <input
      type="email"
      value={value}
      autoComplete="email"
      required
    />
  );
}

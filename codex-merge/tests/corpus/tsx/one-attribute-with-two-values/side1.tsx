export function EmailField({ value, onChange }: FieldProps) {
  return (
    <input
      type="text"
      value={value}
    />
  );
}

export function EmailField({ value, onChange }: FieldProps) {
  return (
    <input
      type={inputType}
      value={value}
    />
  );
}

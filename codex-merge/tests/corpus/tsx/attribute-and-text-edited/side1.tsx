export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind="primary"
      form={form.id}
    >
      Save
    </Button>
  );
}

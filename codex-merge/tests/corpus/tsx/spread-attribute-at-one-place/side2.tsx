export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind="primary"
      form={form}
      disabled={form.locked}
    >
      Save
    </Button>
  );
}

export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind="primary"
      form={form}
      disabled={busy}
    >
      Save
    </Button>
  );
}

export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind={busy ? "ghost" : "primary"}
      form={form}
    >
      Save
    </Button>
  );
}

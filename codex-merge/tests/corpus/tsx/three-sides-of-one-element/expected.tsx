export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind={busy ? "ghost" : "primary"}
      form={form}
      disabled={busy}
      title="Save the form"
    >
      Save
    </Button>
  );
}

export function Save({ form, busy }: SaveProps) {
  return (
    <Button
      kind="primary"
      form={form}
      title="Save the form"
    >
      Save
    </Button>
  );
}

export async function saveDraft(store: DraftStore, draft: Draft): Promise<void> {
  const payload = serialize(draft);
  await store.write(draft.id, payload, { sync: true });
  store.touch(draft.id);
}

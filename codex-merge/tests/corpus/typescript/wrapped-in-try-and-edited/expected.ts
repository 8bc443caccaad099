export async function saveDraft(store: DraftStore, draft: Draft): Promise<void> {
  try {
    const payload = serialize(draft);
    await store.write(draft.id, payload, { sync: true });
    store.touch(draft.id);
  } catch (error) {
    report(error);
    throw error;
  }
}

export async function loadProfile(id: string) {
  const raw = await api.get(`/profiles/${id}`);
  const profile = toProfile(raw, { strict: true });
  return profile;
}

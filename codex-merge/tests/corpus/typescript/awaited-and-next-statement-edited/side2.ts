export function loadProfile(id: string) {
  const raw = api.get(`/profiles/${id}`);
  const profile = toProfile(raw, { strict: true });
  return profile;
}

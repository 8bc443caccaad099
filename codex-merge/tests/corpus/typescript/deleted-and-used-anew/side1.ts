export function usable(token: Token): boolean {
  return token.expires >= Date.now() && !token.revoked;
}

export function describe(token: Token): string {
  return `${token.id} of ${token.owner}`;
}

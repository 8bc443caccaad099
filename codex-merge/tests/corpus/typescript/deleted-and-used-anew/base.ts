const isExpired = (token: Token): boolean => token.expires < Date.now();

export function usable(token: Token): boolean {
  return !isExpired(token) && !token.revoked;
}

export function describe(token: Token): string {
  return `${token.id} of ${token.owner}`;
}

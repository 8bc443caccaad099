export const banner = (name: string): string => `
  Welcome, ${name}!
    Please accept the terms.
`;

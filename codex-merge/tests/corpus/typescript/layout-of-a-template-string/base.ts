export const banner = (name: string): string => `
  Welcome, ${name}!
    Please read the terms.
`;

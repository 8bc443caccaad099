export const isPhone = (text) => /^\+?[0-9 ]{7,15}$/.test(text);

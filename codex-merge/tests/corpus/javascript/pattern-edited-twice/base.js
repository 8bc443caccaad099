export const isPhone = (text) => /^\+?[0-9 ]{6,}$/.test(text);

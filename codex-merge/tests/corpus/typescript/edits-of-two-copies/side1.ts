export const validators = {
  name: (value: string) => {
    const text = value.trim();
    return text.length > 1;
  },
  city: (value: string) => {
    const text = value.trim();
    return text.length > 0;
  },
};

export const validators = {
  name: (value: string) => {
    const text = value.trim();
    return text.length > 0;
  },
  city: (value: string) => {
    const text = value.trim();
    return text.length > 0;
  },
};

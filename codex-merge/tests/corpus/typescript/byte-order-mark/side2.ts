export interface Options {
  path: string;
  follow?: boolean;
}

export const defaults: Options = { path: '.' };

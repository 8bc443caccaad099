export interface Options {
  path: string;
}

export const defaults: Options = { path: '.' };

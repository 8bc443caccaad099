export interface Options {
  path: string;
  depth?: number;
}

export const defaults: Options = { path: '.' };

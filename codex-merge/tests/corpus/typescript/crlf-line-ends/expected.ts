export interface Options {
  path: string;
  depth?: number;
  follow?: boolean;
}

export const defaults: Options = { path: '.' };

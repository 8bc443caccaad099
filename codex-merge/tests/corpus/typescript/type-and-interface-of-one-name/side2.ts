export interface Page<T> {
  items: T[];
  next?: string;
}

export async function* pages<T>(first: Page<T>, load: Loader<T>): AsyncGenerator<Page<T>> {
  let page: Page<T> | undefined = first;
  while (page) {
    yield page;
    page = page.next ? await load(page.next) : undefined;
  }
}

export type Filter = (item: unknown) => boolean;

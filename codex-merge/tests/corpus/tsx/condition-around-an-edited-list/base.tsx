export function List<T>({ items, render }: ListProps<T>) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id}>{render(item)}</li>
      ))}
    </ul>
  );
}

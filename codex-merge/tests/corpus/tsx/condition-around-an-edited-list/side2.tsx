export function List<T>({ items, render }: ListProps<T>) {
  return (
    <ul>
      {items.map((item) => (
        <li key={item.id} className="row">{render(item)}</li>
      ))}
    </ul>
  );
}

import { useMemo, useState } from 'react';

export function Counter() {
  const [count, setCount] = useState(0);

  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}

export const Double = ({ n }: { n: number }) => <b>{useMemo(() => n * 2, [n])}</b>;

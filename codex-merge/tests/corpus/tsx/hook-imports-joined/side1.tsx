import { useState, useCallback } from 'react';

export function Counter() {
  const [count, setCount] = useState(0);

  const increase = useCallback(() => setCount((n) => n + 1), []);

  return <button onClick={increase}>{count}</button>;
}

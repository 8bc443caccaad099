import { useState } from 'react';

export function Counter() {
  const [count, setCount] = useState(0);
  const [step, setStep] = useState(1);
  const label = useLabel(count);

  return <button onClick={() => setCount(count + 1)}>{count}</button>;
}

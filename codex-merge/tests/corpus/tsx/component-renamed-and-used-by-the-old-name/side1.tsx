import { initials } from './text';

export function Portrait({ name }: { name: string }) {
  return <div className="avatar">{initials(name)}</div>;
}

export function Author({ name }: { name: string }) {
  return (
    <p>
      <Portrait name={name} />
      {name}
    </p>
  );
}

export function Stamp({ at }: { at: Date }) {
  return <time>{at.toISOString()}</time>;
}

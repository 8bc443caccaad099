import { initials } from './text';

export function Avatar({ name }: { name: string }) {
  return <div className="avatar">{initials(name)}</div>;
}

export function Author({ name }: { name: string }) {
  return (
    <p>
      <Avatar name={name} />
      {name}
    </p>
  );
}

export function Stamp({ at }: { at: Date }) {
  return <time>{at.toISOString()}</time>;
}

interface CardProps {
  title: string;
  onClose: () => void;
}

export function Card({ title, onClose }: CardProps) {
  return (
    <section>
      <h2>{title}</h2>
      <hr />
      <Footer onClose={onClose} />
    </section>
  );
}

interface CardProps {
  title: string;
  subtitle?: string;
  onClose: () => void;
}

export function Card({ title, subtitle, onClose }: CardProps) {
  return (
    <section>
      <h2 aria-description={subtitle}>{title}</h2>
      <hr />
      <Footer onClose={onClose} />
    </section>
  );
}

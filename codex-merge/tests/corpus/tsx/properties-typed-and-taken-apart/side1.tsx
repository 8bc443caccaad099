interface CardProps {
  title: string;
  subtitle?: string;
}

export function Card({ title, subtitle }: CardProps) {
  return (
    <section>
      <h2 aria-description={subtitle}>{title}</h2>
      <hr />
      <Footer />
    </section>
  );
}

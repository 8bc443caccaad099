interface CardProps {
  title: string;
}

export function Card({ title }: CardProps) {
  return (
    <section>
      <h2>{title}</h2>
      <hr />
      <Footer />
    </section>
  );
}

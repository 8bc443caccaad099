export const Logo = ({ size }) => <img src="/logo.svg" width={size} />;

export const Hero = ({ title }) => (
  <header className="hero">
    <Logo size={64} />
    <h2>{title}</h2>
  </header>
);

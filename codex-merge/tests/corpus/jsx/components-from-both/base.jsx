export const Logo = ({ size }) => <img src="/logo.svg" width={size} />;

export const Hero = ({ title }) => (
  <header className="hero">
    <Logo size={64} />
    <h1>{title}</h1>
  </header>
);

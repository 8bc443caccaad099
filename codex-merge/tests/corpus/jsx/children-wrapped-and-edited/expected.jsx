export const Logo = ({ size }) => <img src="/logo.svg" width={size} />;

export const Hero = ({ title }) => (
  <header className="hero">
    <div className="inner">
      <Logo size={64} />
      <h1 id="top">{title || 'Untitled'}</h1>
    </div>
  </header>
);

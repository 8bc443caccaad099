export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Home</Link>
      <Link to="/mail">Mail</Link>
    </nav>
  );
}

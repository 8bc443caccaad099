export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Start</Link>
      <Link to="/mail">Mail</Link>
    </nav>
  );
}

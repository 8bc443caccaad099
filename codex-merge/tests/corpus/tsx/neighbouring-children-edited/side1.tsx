export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Start</Link>
      <Link to="/inbox">Inbox</Link>
    </nav>
  );
}

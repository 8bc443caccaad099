export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Home</Link>
      <Link to="/inbox">Inbox</Link>
    </nav>
  );
}

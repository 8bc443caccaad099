export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Home</Link>
      <Link to="/inbox">Inbox ({user.unread})</Link>
    </nav>
  );
}

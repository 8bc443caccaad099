export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Home</Link>
      <Link to="/inbox" badge={user.unread}>Inbox</Link>
    </nav>
  );
}

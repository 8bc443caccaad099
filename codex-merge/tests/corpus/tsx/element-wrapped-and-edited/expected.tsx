export function Sidebar({ user }: SidebarProps) {
  return (
    <Panel title={user.name}>
      <nav>
        <Link to="/">Home</Link>
        <Link to="/inbox" badge={user.unread}>Inbox</Link>
      </nav>
    </Panel>
  );
}

export function Sidebar({ user }: SidebarProps) {
  return (
    <Panel title={user.name}>
      <nav>
        <Link to="/">Home</Link>
        <Link to="/inbox">Inbox</Link>
      </nav>
    </Panel>
  );
}

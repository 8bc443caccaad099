export function Sidebar({ user }: SidebarProps) {
  return (
    <nav>
      <Link to="/">Home</Link>
    </nav>
  );
}

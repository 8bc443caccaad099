import { memo } from 'react';

import { Header } from './header';

export function Layout({ children }: LayoutProps) {
  return <main>{children}</main>;
}

export const Plain = memo(Header);

export default memo(Layout);

import { memo } from 'react';

import { Header } from './header';

export default function Layout({ children }: LayoutProps) {
  return <main>{children}</main>;
}

export const Plain = memo(Header);

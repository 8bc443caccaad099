export * from './button';
export { Card } from './card';
export * from './menu';
export { Dialog, type DialogProps } from './dialog';

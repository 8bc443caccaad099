export * from './button';
export { Card } from './card';
export { Dialog, type DialogProps } from './dialog';

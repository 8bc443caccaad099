export * from './button';
export { Card } from './card';
export * from './menu';

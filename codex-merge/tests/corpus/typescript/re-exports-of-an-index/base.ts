export * from './button';
export { Card } from './card';

export enum Topic {
  Orders = 'orders',
  Payments = 'payments',
  Shipments = 'shipments',
}

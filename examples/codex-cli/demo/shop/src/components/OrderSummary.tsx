import { formatMoney } from "../money";
import type { Order } from "../types";

interface OrderSummaryProps {
  order: Order;
  onCancel?: (order: Order) => void;
}

export function OrderSummary({ order, onCancel }: OrderSummaryProps) {
  const cancellable = order.status === "draft" || order.status === "placed";

  return (
    <section aria-label={`Order ${order.number}`}>
      <h2>Order {order.number}</h2>
      <ul>
        {order.line_items.map((item) => (
          <li key={item.id}>
            {item.quantity} x {item.product_name}: {formatMoney(item.total_cents, order.currency)}
          </li>
        ))}
      </ul>
      <p>Shipping: {formatMoney(order.shipping_cents, order.currency)}</p>
      <p>Total: {formatMoney(order.total_cents, order.currency)}</p>
      {cancellable && onCancel ? (
        <button type="button" onClick={() => onCancel(order)}>
          Cancel order
        </button>
      ) : null}
    </section>
  );
}

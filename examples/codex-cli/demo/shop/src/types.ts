export type OrderStatus = "draft" | "placed" | "shipped" | "delivered" | "cancelled";

export interface LineItem {
  id: number;
  product_name: string;
  quantity: number;
  unit_price_cents: number;
  total_cents: number;
}

export interface Order {
  id: number;
  number: string;
  status: OrderStatus;
  currency: string;
  shipping_cents: number;
  total_cents: number;
  placed_at: string | null;
  payment_status?: OrderPaymentStatus;
  line_items: LineItem[];
}

// The types below follow docs/interfaces/payment-api-spec.yaml.

export type OrderPaymentStatus = "unpaid" | "pending" | "paid" | "failed";

export type PaymentStatus =
  | "requires_confirmation"
  | "requires_action"
  | "processing"
  | "succeeded"
  | "failed"
  | "cancelled";

export interface Payment {
  id: number;
  order_id: number;
  payment_method_id: number;
  status: PaymentStatus;
  amount_cents: number;
  currency: string;
  failure_code: string | null;
  confirmed_at: string | null;
}

export interface PaymentMethod {
  id: number;
  kind: "card" | "sepa_debit";
  brand: string;
  last4: string;
  expires_on: string | null;
  is_default: boolean;
}

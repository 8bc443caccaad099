import "@testing-library/jest-dom";
import { fireEvent, render, screen } from "@testing-library/react";

import { OrderSummary } from "../../src/components";
import type { Order } from "../../src/types";

const order: Order = {
  id: 7,
  number: "SO-0000000A",
  status: "placed",
  currency: "eur",
  shipping_cents: 490,
  total_cents: 2290,
  placed_at: "2026-03-04T10:00:00Z",
  line_items: [{ id: 1, product_name: "Mug", quantity: 2, unit_price_cents: 900, total_cents: 1800 }],
};

describe("OrderSummary", () => {
  it("shows the items and the total", () => {
    render(<OrderSummary order={order} />);

    expect(screen.getByText(/2 x Mug/)).toBeInTheDocument();
    expect(screen.getByText(/22\.90/)).toBeInTheDocument();
  });

  it("offers to cancel only what can be cancelled", () => {
    const onCancel = jest.fn();
    const { rerender } = render(<OrderSummary order={order} onCancel={onCancel} />);
    fireEvent.click(screen.getByRole("button", { name: "Cancel order" }));
    expect(onCancel).toHaveBeenCalledWith(order);

    rerender(<OrderSummary order={{ ...order, status: "shipped" }} onCancel={onCancel} />);
    expect(screen.queryByRole("button")).toBeNull();
  });
});

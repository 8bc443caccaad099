import type { Order } from "../types";
import { request } from "./client";

export function cancelOrder(id: number): Promise<Order> {
  return request<Order>("POST", `/orders/${id}/cancel`);
}

export function fetchOrder(id: number): Promise<Order> {
  return request<Order>("GET", `/orders/${id}`);
}

export function fetchOrders(): Promise<Order[]> {
  return request<Order[]>("GET", "/orders");
}

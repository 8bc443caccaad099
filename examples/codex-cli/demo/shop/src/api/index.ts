import { ApiError, setToken } from "./client";
import { cancelOrder, fetchOrder, fetchOrders } from "./orders";

export {
  ApiError,
  setToken,
  cancelOrder,
  fetchOrder,
  fetchOrders,
};

export { OrderSummary } from "./OrderSummary";

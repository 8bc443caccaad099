import { configureStore } from "@reduxjs/toolkit";

import { ordersReducer } from "./orders";

export function createShopStore() {
  return configureStore({
    reducer: {
      orders: ordersReducer,
    },
  });
}

export type ShopStore = ReturnType<typeof createShopStore>;
export type RootState = ReturnType<ShopStore["getState"]>;
export type AppDispatch = ShopStore["dispatch"];

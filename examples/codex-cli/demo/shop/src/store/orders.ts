import { createAsyncThunk, createSlice } from "@reduxjs/toolkit";

import { cancelOrder, fetchOrders } from "../api";
import type { Order } from "../types";

export interface OrdersState {
  items: Order[];
  status: "idle" | "loading" | "failed";
  error: string | null;
}

const initialState: OrdersState = { items: [], status: "idle", error: null };

export const loadOrders = createAsyncThunk("orders/load", () => fetchOrders());
export const cancel = createAsyncThunk("orders/cancel", (id: number) => cancelOrder(id));

const slice = createSlice({
  name: "orders",
  initialState,
  reducers: {},
  extraReducers: (builder) => {
    builder
      .addCase(loadOrders.pending, (state) => {
        state.status = "loading";
        state.error = null;
      })
      .addCase(loadOrders.fulfilled, (state, action) => {
        state.status = "idle";
        state.items = action.payload;
      })
      .addCase(loadOrders.rejected, (state, action) => {
        state.status = "failed";
        state.error = action.error.message ?? "The orders could not be loaded.";
      })
      .addCase(cancel.fulfilled, (state, action) => {
        state.items = state.items.map((order) => (order.id === action.payload.id ? action.payload : order));
      });
  },
});

export const ordersReducer = slice.reducer;

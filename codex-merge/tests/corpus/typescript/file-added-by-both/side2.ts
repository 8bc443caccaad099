export interface Address {
  street: string;
  city: string;
}

export interface Supplier {
  company: string;
  address: Address;
}

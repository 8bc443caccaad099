export const Price = ({ amount }: PriceProps) => (
  <p>
    Total: {amount}
  </p>
);

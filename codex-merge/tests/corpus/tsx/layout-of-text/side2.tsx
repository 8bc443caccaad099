export const Price = ({ amount }: PriceProps) => (
  <p>
    Sum:   {amount}
  </p>
);

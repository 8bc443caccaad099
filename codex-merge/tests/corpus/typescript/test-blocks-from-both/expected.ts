describe('Cart', () => {
  it('starts empty', () => {
    expect(new Cart().total()).toBe(0);
  });

  it('adds prices', () => {
    const cart = new Cart();
    cart.add({ price: 3 });
    expect(cart.total()).toBe(3);
  });

  describe('with a discount', () => {
    it('rounds down', () => {
      expect(new Cart({ discount: 0.1 }).total()).toBe(0);
    });
  });
});

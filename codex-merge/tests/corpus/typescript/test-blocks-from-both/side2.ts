describe('Cart', () => {
  it('starts empty', () => {
    expect(new Cart().total()).toBe(0);
  });

  describe('with a discount', () => {
    it('rounds down', () => {
      expect(new Cart({ discount: 0.1 }).total()).toBe(0);
    });
  });
});

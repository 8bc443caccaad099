describe('Cart', () => {
  it('starts empty', () => {
    expect(new Cart().total()).toBe(0);
  });
});

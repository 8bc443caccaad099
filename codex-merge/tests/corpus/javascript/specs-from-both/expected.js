const assert = require('assert');
const { Queue } = require('../lib/queue');

describe('queue', () => {
  beforeEach(() => clock.reset());

  it('is empty at first', () => {
    assert.strictEqual(new Queue().size, 0);
  });

  it('grows', () => {
    assert.strictEqual(new Queue([1]).size, 1);
  });

  it.skip('shrinks', async () => {
    const queue = new Queue([1]);
    await queue.take();
    assert.strictEqual(queue.size, 0);
  });
});

class Counter {
  #value = 0;
  #step = 1;
  static count = 0;

  increment() {
    this.#value += this.#step;
  }

  static of(value) {
    return Object.assign(new Counter(), { value });
  }

  *[Symbol.iterator]() {
    yield this.#value;
  }
}

module.exports = { Counter };

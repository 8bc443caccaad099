class Counter {
  #value = 0;
  static count = 0;

  increment() {
    this.#value += 1;
  }

  *[Symbol.iterator]() {
    yield this.#value;
  }
}

module.exports = { Counter };

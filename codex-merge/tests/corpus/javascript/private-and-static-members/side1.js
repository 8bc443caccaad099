class Counter {
  #value = 0;
  #step = 1;

  increment() {
    this.#value += this.#step;
  }

  static of(value) {
    return Object.assign(new Counter(), { value });
  }
}

module.exports = { Counter };

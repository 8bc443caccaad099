class Counter {
  #value = 0;

  increment() {
    this.#value += 1;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = Number(value);
  }
}

module.exports = { Counter };

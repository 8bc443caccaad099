class Counter {
  #value = 0;

  increment() {
    this.#value += 1;
  }

  set value(value) {
    this.#value = Number(value);
  }
}

module.exports = { Counter };

class Counter {
  #value = 0;

  increment() {
    this.#value += 1;
  }
}

module.exports = { Counter };

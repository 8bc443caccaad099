const { round } = Math;

function mean(values) {
  return sum(values) / values.length;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function report(values) {
  return `n = ${round(values.length)}`;
}

module.exports = { mean, report };

const { round } = Math;

function mean(values) {
  return sum(values) / values.length;
}

function sum(values) {
  return values.reduce((total, value) => total + value, 0);
}

function report(values) {
  return `n = ${values.length}, sum = ${round(sum(values))}`;
}

module.exports = { mean, report };

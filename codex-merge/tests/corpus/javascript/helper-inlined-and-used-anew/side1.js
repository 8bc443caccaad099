const { round } = Math;

function mean(values) {
  return values.reduce((total, value) => total + value, 0) / values.length;
}

function report(values) {
  return `n = ${round(values.length)}`;
}

module.exports = { mean, report };

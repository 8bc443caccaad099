const days = ['Mo', 'Tu', 'We'];

function day(index) {
  return days[index % days.length];
}

// eslint-disable-next-line no-unused-vars
function today(_format) {
  return day(new Date().getDay());
}

/* Weeks begin on Monday. */
function isFirst(index) {
  return day(index) === days[0];
}

module.exports = { day, today, isFirst };

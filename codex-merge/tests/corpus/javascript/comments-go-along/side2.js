const days = ['Mo', 'Tu', 'We'];

function day(index) {
  return days[index % days.length];
}

/* Weeks begin on Monday. */
function isFirst(index) {
  return day(index) === days[0];
}

module.exports = { day, isFirst };

const parse = (text) => JSON.parse(text);
const print = (value) => JSON.stringify(value);
const pretty = (value) => JSON.stringify(value, null, 2);
const clone = (value) => parse(print(value));

module.exports = {
  parse,
  print,
  copy: clone,
};

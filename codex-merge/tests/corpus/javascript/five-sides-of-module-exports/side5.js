module.exports = { read, write, flush };

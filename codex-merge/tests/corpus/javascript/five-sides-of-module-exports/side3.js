module.exports = { read, write, close };

module.exports = { read, write, seek };

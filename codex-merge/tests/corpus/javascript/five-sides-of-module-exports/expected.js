module.exports = { read, write, seek, open, close, flush };

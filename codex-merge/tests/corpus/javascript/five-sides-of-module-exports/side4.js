module.exports = { read, write, open };

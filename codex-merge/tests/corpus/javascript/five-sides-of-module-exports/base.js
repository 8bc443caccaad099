module.exports = { read, write };

const path = require('path');

const root = (name) => path.join('/srv', name);
const logs = (name) => path.join('/var/log', name);

module.exports = { root, logs };

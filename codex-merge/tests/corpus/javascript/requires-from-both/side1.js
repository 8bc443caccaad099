const path = require('path');
const os = require('os');

const root = (name) => path.join(os.homedir(), name);
const logs = (name) => path.join('/var/log', name);

module.exports = { root, logs };

const path = require('path');
const os = require('os');
const { env } = require('process');

const root = (name) => path.join(os.homedir(), name);
const logs = (name) => path.join(env.LOGS, name);

module.exports = { root, logs };

const path = require('path');
const { env } = require('process');

const root = (name) => path.join('/srv', name);
const logs = (name) => path.join(env.LOGS, name);

module.exports = { root, logs };

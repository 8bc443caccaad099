'use strict';

exports.encode = (text) => Buffer.from(text).toString('base64');
exports.decode = (text) => Buffer.from(text, 'base64').toString();
exports.isEncoded = (text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text);

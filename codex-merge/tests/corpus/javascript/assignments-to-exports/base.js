'use strict';

exports.encode = (text) => Buffer.from(text).toString('base64');
exports.decode = (text) => Buffer.from(text, 'base64').toString();

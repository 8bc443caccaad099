const express = require('express');

const app = express();
app.use(express.json());
app.use(rateLimit({ max: 100 }));

app.get('/health', (req, res) => res.send('ok'));

module.exports = app;

const express = require('express');

const app = express();
app.use(express.json());

app.get('/health', (req, res) => res.send('ok'));
app.get('/status', (req, res) => res.json(status()));

module.exports = app;

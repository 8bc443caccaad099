const express = require('express');

const app = express();
app.use(express.json());

app.get('/health', (req, res) => res.send('ok'));
app.get('/:page', (req, res) => res.render(req.params.page));

module.exports = app;

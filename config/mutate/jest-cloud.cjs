module.exports = require('./jest-suite.cjs')('cloud-server')

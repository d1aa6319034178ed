module.exports = require('./jest-suite.cjs')('core')

const cloud = require('./jest-cloud.cjs')

module.exports = { ...cloud, testMatch: ['<rootDir>/test/mutate/about-money.test.ts'] }

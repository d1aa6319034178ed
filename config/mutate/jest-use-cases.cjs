const cloud = require('./jest-cloud.cjs')

/** The tests of the cloud that are about money. */
module.exports = {
  ...cloud,
  testMatch: [
    '<rootDir>/test/cloud/{jobs,payment,reconcile}/**/*.test.ts',
    '<rootDir>/test/cloud/wechat/{notices,late-notices}.test.ts',
  ],
}

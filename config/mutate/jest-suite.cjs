const { projects, testTimeout } = require('../../jest.config.cjs')

/** One suite as the whole of a run: files in a given order, each up to its first failure. */
module.exports = (name) => ({
  ...projects.find((one) => one.displayName === name),
  testTimeout,
  testSequencer: `${__dirname}/in-order-sequencer.cjs`,
  testEnvironment: `${__dirname}/until-failure-environment.cjs`,
})

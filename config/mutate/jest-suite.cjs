const { projects, testTimeout } = require('../../jest.config.cjs')

/** One suite as the whole of a run: files in a given order, each up to its first failure. */
module.exports = (name) => ({
  ...projects.find((one) => one.displayName === name),
  testTimeout,
  // What is not looked through costs nothing; modules are found all the same.
  roots: ['<rootDir>/test'],
  testSequencer: `${__dirname}/in-order-sequencer.cjs`,
  testEnvironment: `${__dirname}/until-failure-environment.cjs`,
})

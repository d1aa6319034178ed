const { projects, testTimeout } = require('../../jest.config.cjs')

/** One suite as the whole of a run. */
module.exports = (name) => ({ ...projects.find((one) => one.displayName === name), testTimeout })

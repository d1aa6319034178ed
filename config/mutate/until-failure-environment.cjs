const { TestEnvironment } = require('jest-environment-node')
const found = require('./found.cjs')

/** After the first test that fails, the others of the run are left out: the mutant is found. */
module.exports = class UntilFailure extends TestEnvironment {
  handleTestEvent(event) {
    // Of a hook that failed the first test says so when it is done.
    if (event.name === 'test_done' && event.test.errors.length > 0) found.isFound = true
    if (!found.isFound) return
    if (event.name === 'test_start') event.test.mode = 'skip'
    if (event.name === 'run_describe_start') event.describeBlock.mode = 'skip'
  }
}

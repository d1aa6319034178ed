const { TestEnvironment } = require('jest-environment-node')
const found = require('./found.cjs')

/** After the first test that fails, the others of the run are left out: the mutant is found. */
module.exports = class UntilFailure extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') found.isFound = true
    if (!found.isFound) return
    if (event.name === 'test_start') event.test.mode = 'skip'
    if (event.name === 'run_describe_start') event.describeBlock.mode = 'skip'
  }
}

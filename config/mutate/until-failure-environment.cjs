const { TestEnvironment } = require('jest-environment-node')

/** After the first test that fails, the others of its file are left out: the mutant is found. */
module.exports = class UntilFailure extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.failed = true
    if (event.name === 'test_start' && this.failed) event.test.mode = 'skip'
  }
}

const { bind } = require('jest-each')
const { expect } = require('expect')
const { interfaces } = require('mocha')
const clock = require('./test-clock.cjs')

/** A hundred times as long as most tests take. */
const LONGEST_MS = 30_000

/** Mocha's own words and, for tests that were written for Jest, what these use of its words. */
module.exports = (suite) => {
  interfaces.bdd(suite)
  suite.timeout(LONGEST_MS)
  suite.beforeEach(function () {
    clock.begins(this.currentTest.fullTitle())
  })
  suite.on('pre-require', (context) => {
    context.expect = expect
    context.beforeAll = context.before
    context.afterAll = context.after
    context.it.each = bind(context.it, false)
  })
}

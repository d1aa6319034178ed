const { relative } = require('node:path')
const found = require('./found.cjs')

/** The test files that MUTATE_ORDER names, and no other, in its order; all of them when it is not set. */
module.exports = class InOrder {
  sort(tests) {
    found.isFound = false
    const order = process.env.MUTATE_ORDER?.split(',')
    if (order === undefined) return tests
    const place = ({ path }) => order.indexOf(relative(process.cwd(), path))
    return tests.filter((test) => place(test) >= 0).sort((one, other) => place(one) - place(other))
  }

  cacheResults() {}
}

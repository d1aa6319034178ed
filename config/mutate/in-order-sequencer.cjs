const { relative } = require('node:path')

/** Test files in the order in which MUTATE_ORDER names them. */
module.exports = class InOrder {
  sort(tests) {
    const order = (process.env.MUTATE_ORDER ?? '').split(',')
    const place = ({ path }) => order.indexOf(relative(process.cwd(), path))
    return [...tests].sort((one, other) => place(one) - place(other))
  }

  cacheResults() {}
}

const { Worker } = require('node:worker_threads')

let thread

/** Tells the clock of this process, which runs in a thread of its own, what is going on. */
function tell(what) {
  if (thread === undefined) {
    thread = new Worker(`${__dirname}/test-clock-thread.mjs`, { execArgv: [] })
    thread.unref()
  }
  thread.postMessage(what)
}

module.exports = {
  /** Which mutant is judged from now on, by its hash; undefined when none is. */
  judges: (mutant) => tell({ mutant }),
  /** Which test begins. */
  begins: (test) => tell({ test }),
}

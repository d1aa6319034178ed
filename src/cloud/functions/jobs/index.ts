import { runJobs } from '../../run-jobs'
import { start } from '../../start'

/** Timers: what is unknown is asked, the outbox emptied, accounts refreshed. */
const { ports, log } = start({ answerWithinMs: 28_000 })

export const main = () => runJobs({ ports, log })

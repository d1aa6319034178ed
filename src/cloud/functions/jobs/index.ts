import { runJobs } from '../../run-jobs'
import { start } from '../../start'

/** Timers: what is unknown is asked, the outbox emptied, accounts refreshed. */
const { ports, log } = start()

export const main = () => runJobs({ ports, log })

import { join } from 'node:path'

/** Where the stand keeps what must outlive it, and where it listens, when nothing else is said. */
export const DATA_FOLDER = join(process.cwd(), '.data')
export const FIRST_PORT = 7300
/** How many ports are tried when the first is taken. */
export const PORTS = 20
/** How often the timers' function runs. */
export const JOBS_EVERY_MS = 5_000

/** A throw-away server, as test/kill uses it from TypeScript. */
export type PostgresServer = {
  url: string
  /** Where its data and its socket are. */
  folder: string
  /** The ordinary user that it runs as, where we are root. */
  owner: { uid: number; gid: number } | undefined
  /** Starts it on what is there, after a kill or when it ended by itself, until it answers. */
  start: () => Promise<void>
  isRunning: () => boolean
  /** kill -9 of the server and all its processes. */
  kill: () => Promise<void>
  /** Stops it and removes its folder. */
  stop: () => Promise<void>
}

export function startPostgres(
  port?: number,
  options?: { under?: string; initdb?: string[]; settings?: string[] },
): Promise<PostgresServer | undefined>

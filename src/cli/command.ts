import type { Config } from '../cloud/config'
import type { Database } from '../cloud/postgres/database'
import type { Ports } from '../cloud/use-cases/ports'

export type Command = {
  usage: string
  does: string
  /** Gives the line to print; throws with the reason when it could not. */
  run: (
    at: { ports: Ports; database: Database; config: Config },
    words: string[],
  ) => Promise<string>
}

import { COMMANDS, runCommand } from '../../src/cli/commands'
import type { Town } from './town'

/** Runs a command of the operators' in a town, as they type it; gives what it prints. */
export function runIn(town: Town, name: string, ...words: string[]): Promise<string> {
  const command = COMMANDS[name]
  if (command === undefined) throw new Error(`no command ${name}`)
  const { config, database, clock } = town
  return runCommand(command, { config, database, now: clock.now, log: town.ports.log }, words)
}

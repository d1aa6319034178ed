import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'

/** One of bench/processes: it does a round of work for each word that it is sent. */
export function startChild<Word extends string, Told>(
  name: string,
  environment: NodeJS.ProcessEnv,
  flags: string[] = [],
) {
  const file = `dist/bench/${name}.cjs`
  const child: ChildProcess = fork(file, {
    env: { ...process.env, ...environment },
    execArgv: flags,
  })
  return {
    ask: async (word: Word): Promise<Told> => {
      const told = once(child, 'message') as Promise<[Told]>
      const ended = once(child, 'exit').then(() => {
        throw new Error(`${file} ended in the middle of a round`)
      })
      child.send(word)
      return (await Promise.race([told, ended]))[0]
    },
    stop: () => child.kill(),
  }
}

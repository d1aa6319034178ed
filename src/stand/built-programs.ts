import { spawn } from 'node:child_process'

/** Brings both builds up to date, each line of their progress told. */
export function buildStalePrograms(tell: (line: string) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const task = ['config/tasks/build-stale.mjs', 'weapp', 'h5']
    const child = spawn(process.execPath, task, { stdio: ['ignore', 'pipe', 'pipe'] })
    const faults: string[] = []
    child.stdout.on('data', (chunk) => {
      for (const line of String(chunk).split('\n').filter(Boolean)) tell(line)
    })
    child.stderr.on('data', (chunk) => faults.push(String(chunk)))
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(faults.join('')))
    })
  })
}

import { join } from 'node:path'
import { buildSync } from 'esbuild'

/** One script for the browser from a file of the stand, made while the stand opens. */
export function bundleForBrowser(entry: string): string {
  const built = buildSync({
    entryPoints: [join(process.cwd(), 'src/stand', entry)],
    bundle: true,
    format: 'iife',
    target: 'chrome100',
    write: false,
    logLevel: 'error',
  })
  return built.outputFiles[0]?.text ?? ''
}

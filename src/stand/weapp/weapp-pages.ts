import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { sendFile } from '../static-files'
import { compileProgram } from './compile-program'

const HERE = join(process.cwd(), 'src/stand/weapp')
const SCRIPT = 'text/javascript; charset=utf-8'
const PAGE = 'text/html; charset=utf-8'

/** What is served under /weapp: the stand's own page, the phone's page, and the built program. */
export type WeappPages = (url: URL, response: ServerResponse) => boolean

/**
 * Compiles the built mini-program for the browser and bundles the phone around it. Throws when the
 * program does not compile.
 */
export function weappPages(dist: string): WeappPages {
  const compiled = compileProgram(dist)
  const texts: Record<string, { type: string; text: string }> = {
    '/weapp': { type: PAGE, text: readFileSync(join(HERE, 'shell/page.html'), 'utf8') },
    '/weapp/shell.js': { type: SCRIPT, text: bundle('shell/index.ts') },
    '/weapp/shell.css': {
      type: 'text/css; charset=utf-8',
      text: readFileSync(join(HERE, 'shell/style.css'), 'utf8'),
    },
    '/weapp/phone': { type: PAGE, text: readFileSync(join(HERE, 'phone/page.html'), 'utf8') },
    '/weapp/phone.js': { type: SCRIPT, text: bundle('phone/index.ts') },
    '/weapp/program.js': { type: SCRIPT, text: compiled.script },
  }
  return (url, response) => {
    const path = url.pathname.replace(/\/$/, '')
    const found = texts[path]
    if (found !== undefined) {
      response.writeHead(200, { 'Content-Type': found.type, 'Cache-Control': 'no-cache' })
      response.end(found.text)
      return true
    }
    if (!path.startsWith('/weapp/program/')) return false
    return sendFile(response, dist, path.slice('/weapp/program/'.length))
  }
}

function bundle(entry: string): string {
  const built = buildSync({
    entryPoints: [join(HERE, entry)],
    bundle: true,
    format: 'iife',
    target: 'chrome100',
    write: false,
    logLevel: 'error',
  })
  return built.outputFiles[0]?.text ?? ''
}

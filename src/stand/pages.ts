import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { join } from 'node:path'
import { bundleForBrowser } from './bundle-for-browser'
import { sendFile } from './static-files'
import { compileProgram } from './weapp/compile-program'

const HERE = join(process.cwd(), 'src/stand')
const SCRIPT = 'text/javascript; charset=utf-8'
const PAGE = 'text/html; charset=utf-8'
const STYLE = 'text/css; charset=utf-8'
/** What the stand adds to the web build's page while it serves it; the build itself stays as it is. */
const STAND_IN_PAGE = '<head><script src="/stand/h5.js"></script>'

/** The stand's own pages, the phones' pages and the files of both builds: true when it answered. */
export type StandPages = (url: URL, response: ServerResponse) => boolean

/**
 * Compiles the built mini-program for the browser and bundles the phones around both builds: the
 * web build's at `/`, WeChat's at `/weapp`. Throws when the program does not compile.
 */
export function standPages(builds: { weapp: string; h5: string }): StandPages {
  const text = (file: string) => readFileSync(join(HERE, file), 'utf8')
  const shell = text('shell/page.html')
  const h5 = readFileSync(join(builds.h5, 'index.html'), 'utf8')
  const texts: Record<string, { type: string; text: string }> = {
    '': { type: PAGE, text: shell },
    '/weapp': { type: PAGE, text: shell },
    '/stand/shell.js': { type: SCRIPT, text: bundleForBrowser('shell/index.ts') },
    '/stand/shell.css': {
      type: STYLE,
      text: `${text('shell/style.css')}${text('shell/phone.css')}`,
    },
    '/stand/h5.js': { type: SCRIPT, text: bundleForBrowser('h5/index.ts') },
    '/h5': { type: PAGE, text: h5.replace('<head>', STAND_IN_PAGE) },
    '/weapp/phone': { type: PAGE, text: text('weapp/phone/page.html') },
    '/weapp/phone.js': { type: SCRIPT, text: bundleForBrowser('weapp/phone/index.ts') },
    '/weapp/program.js': { type: SCRIPT, text: compileProgram(builds.weapp).script },
  }
  return (url, response) => {
    const path = url.pathname.replace(/\/$/, '')
    const found = texts[path]
    if (found !== undefined) {
      response.writeHead(200, { 'Content-Type': found.type, 'Cache-Control': 'no-cache' })
      response.end(found.text)
      return true
    }
    if (!path.startsWith('/weapp/program/')) return sendFile(response, builds.h5, url.pathname)
    return sendFile(response, builds.weapp, path.slice('/weapp/program/'.length))
  }
}

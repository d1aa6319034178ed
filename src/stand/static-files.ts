import { createReadStream, existsSync, statSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.map': 'application/json',
  '.woff2': 'font/woff2',
}

/** Sends a file of a folder; false when there is none. Nothing outside the folder is reached. */
export function sendFile(response: ServerResponse, folder: string, path: string): boolean {
  const wanted = normalize(decodeURIComponent(path)).replace(/^([/\\]|\.\.)+/, '')
  const file = join(folder, wanted === '' || wanted === '.' ? 'index.html' : wanted)
  if (!file.startsWith(folder) || !existsSync(file) || !statSync(file).isFile()) return false
  response.writeHead(200, {
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Cache-Control': 'no-cache',
  })
  createReadStream(file).pipe(response)
  return true
}

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { BUILT_IN_TAGS } from './built-in-tags'

const TAG_SELECTOR = new RegExp(
  `(^|[\\s>+~,(])(${BUILT_IN_TAGS.join('|')})(?=$|[\\s>+~,.:#\\[)])`,
  'g',
)

/** WXSS as a browser reads it: imports put in, rpx by the width of the screen, tags with `wx-`. */
export function browserStyle(text: string, file: string, folder: string): string {
  return withImports(text, file, folder)
    .replace(/(-?[\d.]+)rpx\b/g, (_, number: string) => `calc(${number} * 100vw / 750)`)
    .replace(/([^{}]+)\{/g, (rule: string, selector: string) =>
      selector.trim().startsWith('@') ? rule : `${selector.replace(TAG_SELECTOR, '$1wx-$2')}{`,
    )
}

function withImports(text: string, file: string, folder: string): string {
  return text.replace(/@import\s+["']([^"']+)["'];?/g, (_, path: string) => {
    const imported = path.startsWith('/') ? join(folder, path) : resolve(dirname(file), path)
    return existsSync(imported) ? withImports(readFileSync(imported, 'utf8'), imported, folder) : ''
  })
}

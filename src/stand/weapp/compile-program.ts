import { readdirSync, readFileSync } from 'node:fs'
import { extname, join, relative, sep } from 'node:path'
import { TmplGroup } from 'glass-easel-template-compiler'
import { attributesByTag } from './template-attributes'
import { browserStyle } from './wxss'

/** Names that WeChat's logic layer does not have: unset in every module, so that none leaks in. */
const HIDDEN = [
  'window',
  'document',
  'self',
  'location',
  'navigator',
  'localStorage',
  'sessionStorage',
  'XMLHttpRequest',
  'fetch',
  'history',
  'alert',
  'Element',
  'HTMLElement',
  'Node',
  'Event',
  'CustomEvent',
  'MutationObserver',
  'requestAnimationFrame',
  'cancelAnimationFrame',
  'indexedDB',
  'WebSocket',
  'Image',
  'Worker',
]
const GIVEN = [
  'require',
  'module',
  'exports',
  'wx',
  'App',
  'Page',
  'Component',
  'Behavior',
  'getApp',
  'getCurrentPages',
]

export type CompiledProgram = { script: string; warnings: string[] }

/**
 * Reads a built mini-program and gives one script for the browser: its templates compiled by
 * WeChat's own compiler, its modules as functions, its styles. The built files stay untouched.
 */
export function compileProgram(folder: string): CompiledProgram {
  const group = new TmplGroup()
  const json: Record<string, unknown> = {}
  const styles: Record<string, string> = {}
  const modules: string[] = []
  const templates: string[] = []
  const warnings: string[] = []
  for (const file of filesOf(folder)) {
    const name = relative(folder, file).split(sep).join('/')
    const extension = extname(name)
    const path = name.slice(0, -extension.length)
    const text = () => readFileSync(file, 'utf8')
    if (extension === '.json') json[path] = JSON.parse(text())
    if (extension === '.wxs') group.addScript(path, text())
    if (extension === '.wxss') styles[path] = browserStyle(text(), file, folder)
    if (extension === '.js') modules.push(moduleScript(name, text()))
    if (extension === '.wxml') {
      templates.push(text())
      warnings.push(...(group.addTmpl(path, text()) ?? []).map(String))
    }
  }
  const groups = group.getTmplGenObjectGroups()
  group.free()
  const data = { json, styles, attributes: attributesByTag(templates) }
  const script = [
    `window.program=${JSON.stringify(data)};`,
    'program.modules={};',
    ...modules,
    `program.templates=${groups};`,
  ].join('\n')
  return { script, warnings }
}

function moduleScript(name: string, text: string): string {
  return `program.modules[${JSON.stringify(name)}]=function(${[...GIVEN, ...HIDDEN].join(',')}){${text}\n};`
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    return entry.isDirectory() ? filesOf(path) : [path]
  })
}

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative } from 'node:path'

const { wxmlToJs, wxssToJs } = createRequire(import.meta.url)('miniprogram-compiler')

/**
 * What would be refused at upload: templates and styles that WeChat's own compilers (wcc, wcsc)
 * refuse, pages and components that are named and not there. Gives one line per fault.
 */
export function checkWeapp(folder, app) {
  const templates = compiled('wxml', () => wxmlToJs(folder))
  const styles = compiled('wxss', () => wxssToJs(folder))
  return [
    ...templates.faults,
    ...styles.faults,
    ...filesOf(folder, '.wxml')
      .filter((file) => !templates.text.includes(relative(folder, file)))
      .map((file) => `${file} was not compiled`),
    ...missingParts(folder, app),
  ]
}

/** Bytes of the main package and of each subpackage. */
export function sizesOf(folder, app) {
  const roots = app.subPackages.map(({ root }) => root)
  const sizes = Object.fromEntries([['main', 0], ...roots.map((root) => [root, 0])])
  for (const file of filesOf(folder, '')) {
    const path = relative(folder, file)
    const root = roots.find((one) => path.startsWith(`${one}/`)) ?? 'main'
    sizes[root] += statSync(file).size
  }
  return Object.entries(sizes).map(([name, bytes]) => ({ name, bytes }))
}

function compiled(what, compile) {
  try {
    return { text: String(compile()), faults: [] }
  } catch (error) {
    return { text: '', faults: [`${what} does not compile: ${error.message}`] }
  }
}

function missingParts(folder, app) {
  const pages = [
    ...app.pages,
    ...app.subPackages.flatMap(({ root, pages: own }) => own.map((page) => `${root}/${page}`)),
  ]
  const lacking = (path, endings) =>
    endings
      .filter((ending) => !existsSync(join(folder, `${path}${ending}`)))
      .map((ending) => `${path}${ending} is missing`)
  return [
    ...pages.flatMap((page) => lacking(page, ['.js', '.json', '.wxml'])),
    ...filesOf(folder, '.json').flatMap((file) => {
      const { usingComponents = {} } = JSON.parse(readFileSync(file, 'utf8'))
      const from = relative(folder, dirname(file))
      return Object.values(usingComponents).flatMap((target) =>
        lacking(target.startsWith('/') ? target.slice(1) : join(from, target), ['.js', '.wxml']),
      )
    }),
    ...app.tabBar.list.flatMap(({ iconPath, selectedIconPath }) =>
      [iconPath, selectedIconPath].flatMap((icon) => lacking(icon, [''])),
    ),
  ]
}

function filesOf(folder, ending) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesOf(path, ending)
    return path.endsWith(ending) ? [path] : []
  })
}

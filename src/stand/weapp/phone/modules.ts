import { codeSpace, glassEasel } from './code-space'
import { metered } from './meter'
import { plainEvent } from './plain-event'
import { program, resolvePath } from './program'

type Definition = Record<string, unknown> & {
  methods?: Record<string, unknown>
  lifetimes?: Record<string, (this: unknown) => void>
}
type AppInstance = Record<string, unknown> & {
  onLaunch?: (options: object) => void
  onShow?: (options: object) => void
  onHide?: () => void
}

const exportsOf = new Map<string, { exports: unknown }>()
const loaded = new Set<string>()
const given: { wx: unknown; getCurrentPages: () => unknown[] } = {
  wx: undefined,
  getCurrentPages: () => [],
}
let current = ''
let app: AppInstance = {}

/** What modules are given beside each other: the platform's table and the open pages. */
export function giveToModules(gifts: typeof given): void {
  Object.assign(given, gifts)
}

export function theApp(): AppInstance {
  return app
}

/** Runs a module once; gives its exports. */
export function requireModule(path: string): unknown {
  const file = path.endsWith('.js') ? path : `${path}.js`
  const known = exportsOf.get(file)
  if (known !== undefined) return known.exports
  const run = program.modules[file]
  if (run === undefined) throw new Error(`module '${file}' is not defined`)
  const module = { exports: {} as unknown }
  exportsOf.set(file, module)
  run.call(
    undefined,
    (wanted: string) => requireModule(resolvePath(wanted, file)),
    module,
    module.exports,
    given.wx,
    defineApp,
    definePage,
    defineComponent,
    (definition: never) => codeSpace.behavior().definition(definition).register(),
    () => app,
    given.getCurrentPages,
  )
  return module.exports
}

/** Loads a page or component and every component that it uses. */
export function load(path: string): void {
  if (loaded.has(path)) return
  loaded.add(path)
  const json = program.json[path] ?? {}
  const using: Record<string, string> = {}
  const wanted = { ...program.json.app.usingComponents, ...json.usingComponents }
  for (const [tag, target] of Object.entries(wanted)) {
    const absolute = resolvePath(target, path)
    using[tag] = `/${absolute}`
    load(absolute)
  }
  codeSpace.addComponentStaticConfig(path, { ...json, usingComponents: using } as never)
  codeSpace.addCompiledTemplate(path, {
    groupList: program.templates,
    content: program.templates[path],
    fallbackListenerOnNativeNode: true,
  } as never)
  const before = current
  current = path
  try {
    requireModule(path)
  } finally {
    current = before
  }
}

function defineApp(definition: AppInstance): void {
  app = definition
}

function definePage(definition: Definition): void {
  codeSpace.componentEnv(current, (env) => env.Page(withPlainEvents(definition) as never))
}

function defineComponent(definition: Definition): void {
  const { lifetimes } = definition
  codeSpace.componentEnv(current, (env) =>
    env.Component({
      ...definition,
      methods: withPlainEvents({ ...definition.methods }),
      lifetimes: {
        ...lifetimes,
        created(this: unknown) {
          metered(this as never)
          const created = lifetimes?.created ?? definition.created
          if (typeof created === 'function') created.call(this)
        },
      },
    } as never),
  )
}

/** Handlers get events as WeChat writes them. */
function withPlainEvents(methods: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(methods).map(([name, method]) => [
      name,
      typeof method === 'function'
        ? function handler(this: unknown, event: unknown, ...more: unknown[]) {
            const plain = event instanceof glassEasel.Event ? plainEvent(event as never) : event
            return method.call(this, plain, ...more)
          }
        : method,
    ]),
  )
}

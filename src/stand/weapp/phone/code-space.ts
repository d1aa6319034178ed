import { glassEasel, MiniProgramEnv } from 'glass-easel-miniprogram-adapter'
import { BUILT_IN_TAGS } from '../built-in-tags'
import { meter, reportFault } from './meter'
import { program } from './program'

/** Events that come from the browser as they are; all others come from the built-in components. */
const FROM_THE_BROWSER =
  /^(touch(start|move|end|cancel)|(cancel)?tap|longpress|transitionend|animation(start|iteration|end))$/

glassEasel.addGlobalWarningListener((message) => {
  meter.warnings.push(String(message))
  return false
})
glassEasel.addGlobalErrorListener((error, details) => {
  const { method } = details as unknown as { method?: string }
  reportFault(error, method)
  return false
})

const builtIns = new Set([...BUILT_IN_TAGS, ...Object.keys(program.attributes)])
const backend = new glassEasel.CurrentWindowBackendContext()
backend.onEvent((target, type, detail, options) => {
  if (!FROM_THE_BROWSER.test(type)) return undefined as never
  const event = new glassEasel.Event(type, detail, options)
  glassEasel.Event.dispatchEvent(target, event)
  return event.getEventBubbleStatus()
})
// Tag names are literal in the browser: a <button> would be the browser's own.
Object.assign(backend, {
  document: {
    createElement: (tag: string) => document.createElement(builtIns.has(tag) ? `wx-${tag}` : tag),
    createTextNode: (text: string) => document.createTextNode(text),
    createDocumentFragment: () => document.createDocumentFragment(),
  },
})

const environment = new MiniProgramEnv()

/** Where pages are rooted in the document. */
export const place = environment.associateBackend(backend)
/** The code of the mini-program, by path. */
export const codeSpace = environment.createCodeSpace('', true)
export const componentSpace = codeSpace.getComponentSpace()
componentSpace.updateComponentOptions({ writeIdToDOM: true })

type WithOptions = { prepareComponentOptions: (...given: unknown[]) => [Record<string, unknown>] }
const prepared = codeSpace as unknown as WithOptions
const prepare = prepared.prepareComponentOptions
// The adapter puts a prefix before each id in the document; ids stay as they are written.
prepared.prepareComponentOptions = function withPlainIds(...given) {
  const options = prepare.apply(this, given)
  delete options[0].idPrefixGenerator
  return options
}

export { glassEasel }

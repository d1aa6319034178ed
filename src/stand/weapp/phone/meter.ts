/** One setData call: what it would cost between WeChat's two threads. */
export type SetDataRecord = { route: string; bytes: number; keys: string[]; at: number }
export type ApiRecord = { name: string; options: unknown; ok?: boolean }

export const meter = {
  setData: [] as SetDataRecord[],
  calls: [] as ApiRecord[],
  warnings: [] as string[],
  errors: [] as string[],
  /** Calls and updates that are under way. */
  busy: 0,
}

/**
 * A fault in the program that nobody catches: the framework calls handlers itself and keeps what
 * they throw, so the page must be told, or nobody ever hears of it.
 */
export function reportFault(fault: unknown, where = ''): void {
  const error = fault instanceof Error ? fault : new Error(String(fault))
  meter.errors.push(`${where} ${error.stack ?? error.message}`)
  reportError(error)
}

/** WeChat refuses one setData above this. */
const MOST_BYTES = 1_048_576

type WithSetData = {
  setData: (this: unknown, data: object, done?: () => void) => void
  route?: string
  is?: string
}

/**
 * Counts every setData of a page or component, and copies its data through JSON, as WeChat does
 * between its threads.
 */
export function metered(instance: WithSetData): void {
  const { setData } = instance
  instance.setData = function measured(data, done) {
    const text = JSON.stringify(data ?? {})
    const bytes = new TextEncoder().encode(text).length
    meter.setData.push({
      route: instance.route ?? instance.is ?? '',
      bytes,
      keys: Object.keys(data ?? {}),
      at: performance.now(),
    })
    if (bytes > MOST_BYTES) reportFault(`setData over 1 MB: ${bytes}`)
    meter.busy += 1
    setData.call(this, JSON.parse(text) as object)
    setTimeout(() => {
      meter.busy -= 1
      done?.call(this)
    }, 0)
  }
}

/** Nodes of the page on top and how deep they stand, built-in wrappers left out. */
export function measureTree(root: Element): { nodes: number; depth: number } {
  let nodes = 0
  const walk = (element: Element, level: number): number => {
    let deepest = level
    for (const child of element.children) {
      const counts = child.tagName.startsWith('WX-')
      if (counts) nodes += 1
      deepest = Math.max(deepest, walk(child, counts ? level + 1 : level))
    }
    return deepest
  }
  return { depth: walk(root, 0), nodes }
}

export type Listener = (...details: never[]) => void

const listeners = new Map<string, Set<Listener>>()

/** Events of the platform: for each there is an `on…` and an `off…`. */
export const EVENTS = [
  'AppShow',
  'AppHide',
  'Error',
  'UnhandledRejection',
  'PageNotFound',
  'NetworkStatusChange',
  'MemoryWarning',
  'ThemeChange',
  'WindowResize',
  'KeyboardHeightChange',
  'NeedPrivacyAuthorization',
]

/** Tells whoever listens to an event of the platform. */
export function emit(name: string, ...details: unknown[]): void {
  for (const listener of listeners.get(name) ?? []) listener(...(details as never[]))
}

export function hasListener(name: string): boolean {
  return (listeners.get(name)?.size ?? 0) > 0
}

/** The `on…` and `off…` of every event. */
export function eventTable(): Record<string, (listener: Listener) => void> {
  return Object.fromEntries(
    EVENTS.flatMap((name) => [
      [
        `on${name}`,
        (listener: Listener) => {
          listeners.set(name, (listeners.get(name) ?? new Set()).add(listener))
        },
      ],
      [
        `off${name}`,
        (listener: Listener) => {
          listeners.get(name)?.delete(listener)
        },
      ],
    ]),
  )
}

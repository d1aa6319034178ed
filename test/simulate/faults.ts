import type { Chance } from './chance'

/** What can go wrong at a step, by the port it goes through. */
export const STEP_FAULTS = {
  database: ['connection-lost-before', 'connection-lost-after'],
  'we-chat': ['no-answer', 'answer-lost', 'slow'],
  biller: ['no-answer', 'answer-lost', 'slow'],
  clock: [],
} as const
/** What can happen to whoever takes a step, whichever it is. */
const EVERYWHERE = ['crash-before', 'crash-after', 'freeze'] as const

export type Port = keyof typeof STEP_FAULTS
export type StepFault = (typeof STEP_FAULTS)[Port][number] | (typeof EVERYWHERE)[number]

/** What goes wrong elsewhere: with notices, phones, clocks, payers and the billers' rules. */
export const WORLD_FAULTS = [
  'notice-lost',
  'notice-doubled',
  'notice-days-late',
  'notice-contradicts',
  'phone-vanishes',
  'phone-retries',
  'second-device',
  'payer-cancels',
  'payer-late',
  'pays-at-close',
  'pays-after-end',
  'clock-off',
  'posting-refused',
  'refund-abnormal',
  'refund-closed',
] as const
export type WorldFault = (typeof WORLD_FAULTS)[number]
export type Fault = StepFault | WorldFault

export type Faults = ReturnType<typeof createFaults>

/** A fault at the first step of this site, once those named before it have happened. */
export type ForcedFault = { site: string; kind: StepFault }

/**
 * Which faults a history has. `leftOut` names faults that do not happen this time. Where faults are
 * forced, the steps have those and no others.
 */
export function createFaults(
  chance: Chance,
  options: { leftOut?: ReadonlySet<string>; forced?: readonly ForcedFault[] } = {},
) {
  /** A history is calm, ordinary or stormy. */
  const weather = chance.pick('weather', [0.02, 0.06, 0.06, 0.12])
  const counts = new Map<Fault, number>()
  const happened: string[] = []
  const waiting = [...(options.forced ?? [])]
  let healed = false

  function note<Kind extends Fault>(name: string, kind: Kind): Kind {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    happened.push(`${name} ${kind}`)
    return kind
  }

  return {
    counts,
    /** Every fault that happened, as it can be left out. */
    happened,
    isHealed: () => healed,
    /** From now on all neighbours answer. */
    heal: () => {
      healed = true
    },
    /** Forced faults that have not come to pass. */
    waiting,
    atStep: (name: string, port: Port, site: string): StepFault | undefined => {
      if (options.forced !== undefined) {
        if (waiting[0]?.site !== site) return undefined
        const [next] = waiting.splice(0, 1)
        return next && note(name, next.kind)
      }
      if (healed || !chance.happens(`fault/${name}`, weather)) return undefined
      const kind = chance.pick<StepFault>(`fault-kind/${name}`, [
        ...STEP_FAULTS[port],
        ...STEP_FAULTS[port],
        ...EVERYWHERE,
      ])
      return options.leftOut?.has(`${name} ${kind}`) ? undefined : note(name, kind)
    },
    inWorld: (name: string, kind: WorldFault, rate: number): boolean => {
      if (healed || !chance.happens(`${kind}/${name}`, rate)) return false
      if (options.leftOut?.has(`${name} ${kind}`)) return false
      note(name, kind)
      return true
    },
  }
}

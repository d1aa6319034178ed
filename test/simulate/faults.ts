import type { Chance } from './chance'

/** What can go wrong at a step, by the port it goes through. */
export const STEP_FAULTS = {
  database: ['connection-lost-before', 'connection-lost-after'],
  'we-chat': ['no-answer', 'answer-lost', 'slow'],
  biller: ['no-answer', 'answer-lost', 'slow'],
  clock: [],
} as const
/** What can happen to whoever takes a step, whichever it is. */
export const EVERYWHERE = ['crash-before', 'crash-after', 'freeze'] as const

export type Port = keyof typeof STEP_FAULTS
export type StepFault = (typeof STEP_FAULTS)[Port][number] | (typeof EVERYWHERE)[number]

/** What goes wrong elsewhere: with notices, phones, clocks, payers and the billers' rules. */
export const WORLD_FAULTS = [
  'notice-lost',
  'notice-doubled',
  'notice-days-late',
  'notice-contradicts',
  'notices-never',
  'phone-vanishes',
  'phone-retries',
  'phone-errs',
  'second-device',
  'payer-cancels',
  'payer-late',
  'pays-at-close',
  'pays-after-end',
  'clock-off',
  'we-chat-silent',
  'biller-silent',
  'database-away',
  'bill-changes',
  'posting-refused',
  'refund-abnormal',
  'refund-closed',
  'refund-held-up',
  'family-pays-too',
  'file-late',
  'file-cut',
  'file-row-lost',
  'file-row-twice',
  'file-row-differs',
  'file-row-strange',
  'posting-lost',
  'posting-unheard',
  'moves-out',
  'refund-asked',
  'refund-declined',
  'refund-wrong-hand',
  'reversal-refused',
  'merchant-refund',
] as const
export type WorldFault = (typeof WORLD_FAULTS)[number]
export type Fault = StepFault | WorldFault

export type Faults = ReturnType<typeof createFaults>

/** A fault at the first step of this site, once those named before it have happened. */
export type ForcedFault = { site: string; kind: StepFault }

export type FaultOptions = {
  /** Faults that do not happen this time. */
  leftOut?: ReadonlySet<string>
  /** The steps have these faults, one after the other, and no others. */
  forced?: readonly ForcedFault[]
  /** The steps have their own faults besides. */
  besides?: boolean
}

/** Which faults a history has. */
export function createFaults(chance: Chance, options: FaultOptions = {}) {
  /** A history is calm, ordinary or stormy. */
  const weather = chance.pick('weather', [0.02, 0.06, 0.06, 0.12])
  const counts = new Map<Fault, number>()
  const happened: string[] = []
  const waiting = [...(options.forced ?? [])]
  const silences = new Map<string, { from: number; to: number }>()
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
    /** And from now on anything may fail again. */
    worsen: () => {
      healed = false
    },
    /** From then to then whoever asks this neighbour hears nothing, healed or not. */
    silence: (who: string, time: { from: number; to: number }) => {
      silences.set(who, time)
    },
    isSilent: (who: string, now: number): boolean => {
      const time = silences.get(who)
      return time !== undefined && now >= time.from && now < time.to
    },
    /** Forced faults that have not come to pass. */
    waiting,
    atStep: (name: string, port: Port, site: string): StepFault | undefined => {
      if (waiting[0]?.site === site) {
        const [next] = waiting.splice(0, 1)
        return next && note(name, next.kind)
      }
      if (options.forced !== undefined && options.besides !== true) return undefined
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

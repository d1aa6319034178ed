import { MONTHS } from './make-bills'

/** Whole numbers from 0 to just below a limit, the same for the same seed. */
export type SeededNumbers = { below: (limit: number) => number }

/** Share of a usual month, January to December, in per cent. */
const SEASONS = {
  water: [88, 85, 92, 98, 104, 110, 122, 124, 108, 100, 94, 90],
  electricity: [118, 110, 88, 78, 82, 105, 150, 155, 112, 80, 84, 108],
  gas: [150, 145, 120, 95, 80, 70, 62, 60, 72, 88, 112, 140],
} as const
const USUAL = { water: 4, electricity: 60, gas: 6 } as const

/** 24 months of use of a household, following the seasons with a little chance. */
export function seasonalUse(
  chance: SeededNumbers,
  service: 'water' | 'electricity' | 'gas',
  people: number,
): number[] {
  const usual = USUAL[service] * (people + 1)
  return Array.from({ length: MONTHS }, (_, index) => {
    const season = SEASONS[service][index % 12] ?? 100
    return Math.max(1, Math.round((usual * season * (90 + chance.below(21))) / 10_000))
  })
}

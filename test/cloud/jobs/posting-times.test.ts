import type { Manifest } from '../../../src/cloud/billers/manifest-schema'
import { postingTimes } from '../../../src/cloud/use-cases/posting-times'

const MINUTE_MS = 60_000

describe('by when a biller credits', () => {
  const manifest = { posting: { usualMinutes: 3, latestHours: 2 } } as Manifest
  it.each([
    ['from when it was settled', 0, 0],
    ['from when it cannot be taken back any more', 10, 10],
  ])('is counted %s', (_, undoMinutes, from) => {
    expect(postingTimes(manifest, 1_000, { undoMinutes })).toEqual({
      usualBy: 1_000 + (from + 3) * MINUTE_MS,
      latestBy: 1_000 + (from + 120) * MINUTE_MS,
    })
  })
})

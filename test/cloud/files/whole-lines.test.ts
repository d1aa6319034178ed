import fc from 'fast-check'
import { createWholeLines, eachLine } from '../../../src/cloud/files/whole-lines'

describe('the lines of a file', () => {
  const linesOf = (pieces: readonly Buffer[]): string[] => {
    const lines: string[] = []
    const whole = createWholeLines((bytes) =>
      eachLine(bytes, (start, end) => lines.push(bytes.toString('utf8', start, end))),
    )
    for (const piece of pieces) whole.take(piece)
    whole.end()
    return lines
  }

  it('come out alike, however the bytes are cut, also in the middle of a character', () => {
    const line = fc.stringMatching(/^[a-z`,元]{0,6}$/)
    const text = fc.tuple(fc.array(line), fc.constantFrom('\n', '\r\n'), fc.boolean())
    fc.assert(
      fc.property(text, fc.array(fc.nat(60)), ([lines, end, isEnded], cuts) => {
        const whole = Buffer.from(
          lines.map((one) => `${one}${end}`).join('') + (isEnded ? '' : 'rest'),
        )
        const places = [...new Set([0, ...cuts, whole.length])]
          .filter((place) => place <= whole.length)
          .sort((one, other) => one - other)
        const pieces = places.map((place, index) => whole.subarray(place, places[index + 1]))
        expect(linesOf(pieces)).toEqual(isEnded ? lines : [...lines, 'rest'])
      }),
    )
  })
})

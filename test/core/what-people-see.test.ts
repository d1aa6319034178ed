import fc from 'fast-check'
import { groupDigits, maskAddress, maskName, maskNumber } from '../../src/core/masking'

describe('what others may see', () => {
  test.each([
    ['张晓华', '张**'],
    ['王', '王*'],
    ['', ''],
    ['𠮷田', '𠮷*'],
    [' 张晓华\n', '张**'],
  ])('the name %s', (name, masked) => expect(maskName(name)).toBe(masked))

  test('a number keeps its last four', () => {
    expect(maskNumber('441020933317')).toBe('********3317')
    expect(maskNumber('317')).toBe('317')
  })

  test('an address keeps its region, never its door', () => {
    expect(maskAddress('朝阳区望京街16号0603室')).toBe('朝阳区望京街…')
    expect(maskAddress('柳镇')).toBe('柳镇…')
    expect(maskAddress('柳镇新街8号')).toBe('柳镇…')
    expect(maskAddress('　朝阳区望京街16号 ')).toBe('朝阳区望京街…')
  })

  test('a name shows one character whatever its length, an address six at most', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        const shown = maskName(text).replaceAll('*', '')
        return Array.from(shown).length <= 1 && Array.from(maskAddress(text)).length <= 7
      }),
    )
  })

  test('digits stand in groups of four and lose nothing', () => {
    expect(groupDigits('310407216A')).toBe('3104 0721 6A')
    fc.assert(
      fc.property(fc.stringMatching(/^\d{1,20}$/), (text) => {
        return groupDigits(text).replaceAll(' ', '') === text
      }),
    )
  })
})

describe('a phone without TextEncoder', () => {
  it('reads receipts, and text of every length, all the same', () => {
    expect([typeof TextEncoder, typeof TextDecoder]).toEqual(['undefined', 'undefined'])
    require('../../../src/miniapp/packages/clerk/check/use-check')
    const text = 'WJ 户号 é 😀 %41'
    const bytes = new TextEncoder().encode(text)
    expect([...bytes]).toEqual([...Buffer.from(text)])
    expect(new TextDecoder().decode(bytes)).toBe(text)
    expect(() => new TextDecoder().decode(Uint8Array.of(0xff))).toThrow()
  })
})

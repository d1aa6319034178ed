import { inLanes } from '../../../src/cloud/use-cases/in-lanes'

const items = Array.from({ length: 20 }, (_, index) => ({ index }))

describe('work in lanes', () => {
  it('is done once for each item, eight at a time', async () => {
    const done: number[] = []
    let running = 0
    let most = 0
    const begun = await inLanes(
      items,
      () => false,
      async ({ index }) => {
        running += 1
        most = Math.max(most, running)
        await new Promise((resolve) => setTimeout(resolve, 2))
        running -= 1
        done.push(index)
      },
    )
    expect([begun, most]).toEqual([20, 8])
    expect(done.sort((a, b) => a - b)).toEqual(items.map(({ index }) => index))
  })

  it('begins nothing once time is over, and ends what it began', async () => {
    let over = false
    const done: number[] = []
    const begun = await inLanes(
      items,
      () => over,
      async ({ index }) => {
        await new Promise((resolve) => setTimeout(resolve, index))
        over = true
        done.push(index)
      },
    )
    expect(begun).toBe(8)
    expect(done).toHaveLength(8)
  })
})

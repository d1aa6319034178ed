const LANES = Number(process.env.MUTATE_LANES ?? 2)

/** Does the work of every item, as many at once as the run has lanes; answers in the items' order. */
export async function eachInLanes<Item, Result>(
  items: readonly Item[],
  work: (item: Item, lane: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  const left = [...items.entries()]
  const lane = async (_: unknown, number: number) => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      const [place, item] = next
      results[place] = await work(item, number)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return results
}

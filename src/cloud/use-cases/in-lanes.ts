/** Neighbours answer slowly and take several questions at once; the database hands out few connections. */
const LANES = 8

/**
 * Works through the items, eight at a time or as many as `lanes` says, and begins none once time is over;
 * gives how many were begun. `work` catches its own faults: one that it throws ends the round.
 */
export async function inLanes<Item>(
  items: readonly Item[],
  isOver: () => boolean,
  work: (item: Item) => Promise<void>,
  lanes = LANES,
): Promise<number> {
  let begun = 0
  const lane = async () => {
    for (let item = items[begun]; item !== undefined && !isOver(); item = items[begun]) {
      begun += 1
      await work(item)
    }
  }
  await Promise.all(Array.from({ length: lanes }, lane))
  return begun
}

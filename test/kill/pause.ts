export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Looks again and again until something holds; false when it took too long. */
export async function within(
  milliseconds: number,
  holds: () => Promise<boolean>,
  everyMs = 100,
): Promise<boolean> {
  const until = Date.now() + milliseconds
  for (;;) {
    if (await holds()) return true
    if (Date.now() > until) return false
    await pause(everyMs)
  }
}

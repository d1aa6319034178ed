import type { FrameLocator, Locator } from 'playwright-core'

/** How long one waits for what is to come. */
export const PATIENCE = { timeout: 25_000 }
/**
 * After this one looks anew: a page that slides away takes its buttons with it. Not sooner: on a busy
 * machine a tap may have landed and only not be answered yet, and a second one would meet what it opened.
 */
const ONE_TRY = { timeout: 10_000 }

export type Words = string | RegExp

/** What one can see and touch on a screen, by role or by text. `rest` waits until nothing moves. */
export function handsOn(root: FrameLocator, rest: () => Promise<void>) {
  const visible = (locator: Locator) => locator.filter({ visible: true })
  const exactly = (name: Words) => ({ name, exact: typeof name === 'string' })
  const button = (name: Words) => visible(root.getByRole('button', exactly(name))).first()
  const text = (words: Words) => visible(root.getByText(words))
  return {
    tap: (name: Words) => untilDone(() => button(name).click(ONE_TRY)),
    choose: (name: Words) => {
      const radio = visible(root.getByRole('radio', exactly(name))).first()
      return untilDone(() => radio.click(ONE_TRY))
    },
    turn: (name: Words) => {
      const turned = visible(root.getByRole('switch', { name })).first()
      return untilDone(() => turned.click(ONE_TRY))
    },
    type: (label: string, value: string) => {
      const field = visible(root.getByRole('textbox', exactly(label))).first()
      return untilDone(() => field.fill(value, ONE_TRY))
    },
    sees: async (words: Words, patience = PATIENCE) => {
      await text(words)
        .first()
        .waitFor(patience)
        .catch(async () => {
          const [shown] = await root.locator('body').allInnerTexts()
          throw new Error(`${String(words)} is not on the screen, but:\n${shown}`)
        })
    },
    seesButton: (name: Words) => button(name).waitFor(PATIENCE),
    /** Absence says something only about a page that is at rest. */
    seesNot: async (words: Words) => {
      await rest()
      if ((await text(words).count()) > 0) throw new Error(`${String(words)} is on the screen`)
    },
    /** The picture that says what it is for. */
    picture: (label: string) => visible(root.getByLabel(label)).first(),
  }
}

async function untilDone(act: () => Promise<void>): Promise<void> {
  const end = Date.now() + PATIENCE.timeout
  for (;;) {
    try {
      return await act()
    } catch (error) {
      if (Date.now() > end) throw error
    }
  }
}

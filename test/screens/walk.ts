import type { JourneyPhone } from '../support/stand/phone'
import type { ScreenLook } from './looks'
import type { WalkWords } from './walk-words'

/** What every walk through the screens has at hand. */
export type Walk = {
  look: ScreenLook
  words: WalkWords
  /** Takes a person's phone, with the look chosen in "Me". */
  phoneOf: (openid: string) => Promise<JourneyPhone>
  /** Keeps the picture of the screen under a name. */
  picture: (phone: JourneyPhone, name: string) => Promise<void>
}

import { useModes } from '../modes/use-modes'

/** A page's words: Chinese is the source, English has all of them. */
export type Words<Zh> = { zh: Zh; en: Zh }

/** The words in the language in force. */
export function useWords<Zh>(words: Words<Zh>): Zh {
  return words[useModes().language]
}

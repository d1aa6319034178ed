/** Whether a mistake counts as not found without a trial. */
export function isTakenAtItsWord(part: string, label: string): boolean

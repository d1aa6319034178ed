/** A mistake that is put into a copy of the project, where the simulator has to find it. */
export type PlantedBug = { name: string; file: string; find: string; put: string }

/** The file's text with the bug in it; what is to be found must be there exactly once. */
export function planted(text: string, { name, find, put }: PlantedBug): string {
  const [before, after, ...more] = text.split(find)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${name}" has ${more.length === 0 ? 'no place' : 'several places'}`)
  return `${before}${put}${after}`
}

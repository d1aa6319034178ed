type Edit = { find: string; put: string }
/** A mistake that is put into a copy of the project, where the simulator has to find it; it may have two ends. */
export type PlantedBug = Edit & { name: string; file: string; besides?: Edit }

/** The file's text with the bug in it; what is to be found must be there exactly once. */
export function planted(text: string, { name, besides, ...first }: PlantedBug): string {
  return [first, ...(besides === undefined ? [] : [besides])].reduce(
    (so, edit) => edited(so, edit, name),
    text,
  )
}

function edited(text: string, { find, put }: Edit, name: string): string {
  const [before, after, ...more] = text.split(find)
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`"${name}" has ${more.length === 0 ? 'no place' : 'several places'}`)
  return `${before}${put}${after}`
}

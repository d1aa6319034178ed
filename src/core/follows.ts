/** Whether one state may be followed by another, or stays: those that are not named as first are final. */
export function followsBy<State extends string>(
  next: Readonly<Partial<Record<State, readonly State[]>>>,
): (from: State, to: State) => boolean {
  return (from, to) => from === to || next[from]?.includes(to) === true
}

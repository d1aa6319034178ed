import type { BarColours } from './bar-colours'
import { paintTabs } from './paint-tabs'

/** A web page has nothing round it but its own tabs. */
export function paintBars(colours: BarColours): void {
  paintTabs(colours)
}

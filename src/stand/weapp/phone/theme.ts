import type { BarLook, TabLook } from '../../shell/shell-of-phone'
import { type PageJson, program, type TabBarColours, type Theme } from './program'

const dark = matchMedia('(prefers-color-scheme: dark)')

export function theme(): Theme {
  return dark.matches ? 'dark' : 'light'
}

export function onThemeChange(listener: () => void): void {
  dark.addEventListener('change', listener)
}

/** A colour of the program's configuration: itself, or what theme.json says of `@name` now. */
function colour(value: string | undefined): string | undefined {
  if (value?.startsWith('@') !== true) return value
  return program.json.theme?.[theme()][value.slice(1)]
}

/** The bar above a page, as its own configuration or the program's has it. */
export function configuredBar(page: PageJson | undefined): BarLook | undefined {
  const shared = program.json.app.window
  const background = colour(
    page?.navigationBarBackgroundColor ?? shared?.navigationBarBackgroundColor,
  )
  const front = colour(page?.navigationBarTextStyle ?? shared?.navigationBarTextStyle)
  if (background === undefined) return undefined
  return { background, front: front === 'white' ? '#ffffff' : '#000000' }
}

/** The tabs in the colours of the configuration, changed by what the program said since. */
export function tabLook(changes: Partial<TabBarColours>): TabLook {
  const { tabBar } = program.json.app
  const line = changes.borderStyle ?? colour(tabBar?.borderStyle)
  return {
    text: changes.color ?? colour(tabBar?.color) ?? '#000000',
    selected: changes.selectedColor ?? colour(tabBar?.selectedColor) ?? '#000000',
    background: changes.backgroundColor ?? colour(tabBar?.backgroundColor) ?? '#ffffff',
    line: line === 'white' ? 'rgba(255, 255, 255, 0.15)' : 'rgba(0, 0, 0, 0.15)',
  }
}

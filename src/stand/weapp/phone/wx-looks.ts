import { dressTop } from './page-stack'
import { phoneShell, type TabBarColours } from './program'
import { tabLook } from './theme'

let tabColours: Partial<TabBarColours> = {}

/** Draws the tabs as configured and as the program has coloured them since. */
export function drawTabs(): void {
  phoneShell()?.styleTabs(tabLook(tabColours))
}

/** How the bars and the ground behind the page look; each page keeps its own. */
export const looks = {
  setNavigationBarTitle: ({ title }: { title: string }) => dressTop({ title }),
  setNavigationBarColor: (look: { frontColor: string; backgroundColor: string }) =>
    dressTop({ bar: { front: look.frontColor, background: look.backgroundColor } }),
  setBackgroundColor: ({ backgroundColor }: { backgroundColor?: string }) => {
    if (backgroundColor !== undefined) dressTop({ ground: backgroundColor })
  },
  setTabBarItem: ({ index, text }: { index: number; text: string }) =>
    phoneShell()?.nameTab(index, text),
  setTabBarStyle: (colours: Partial<TabBarColours>) => {
    tabColours = { ...tabColours, ...colours }
    drawTabs()
  },
}

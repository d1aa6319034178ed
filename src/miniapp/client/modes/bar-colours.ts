/** What WeChat draws round a page: the bar above it, the tabs below, what a pull uncovers. */
export type BarColours = {
  navBackground: string
  navText: 'black' | 'white'
  background: string
  pull: 'dark' | 'light'
  tabText: string
  tabSelected: string
  tabBackground: string
  tabBorder: 'black' | 'white'
}

/** The same as in theme.json, which WeChat follows by itself only while the phone's theme is followed. */
export const BAR_COLOURS: Record<'light' | 'dark', BarColours> = {
  light: {
    navBackground: '#f2f3f2',
    navText: 'black',
    background: '#f2f3f2',
    pull: 'dark',
    tabText: '#555b58',
    tabSelected: '#06743a',
    tabBackground: '#ffffff',
    tabBorder: 'black',
  },
  dark: {
    navBackground: '#101211',
    navText: 'white',
    background: '#101211',
    pull: 'light',
    tabText: '#aab0ad',
    tabSelected: '#55d492',
    tabBackground: '#1b1e1c',
    tabBorder: 'white',
  },
}

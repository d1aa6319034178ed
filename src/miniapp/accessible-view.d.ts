import '@tarojs/components'

declare module '@tarojs/components/types/View' {
  interface ViewProps {
    /** Whether a switch or one of several choices is on, as a reader hears it. */
    ariaChecked?: 'true' | 'false'
  }
}

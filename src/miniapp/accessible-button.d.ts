import '@tarojs/components'

declare module '@tarojs/components/types/Button' {
  interface ButtonProps {
    /** What a reader hears; WeChat's own types of the button leave it out. */
    ariaRole?: string
  }
}

import type { UserConfigExport } from '@tarojs/cli'

/** What is shipped: small. */
export default {
  terser: {
    enable: true,
    config: {
      compress: {
        ecma: 2017,
        passes: 3,
        pure_getters: true,
        drop_console: true,
        unsafe_arrows: true,
      },
      output: { ecma: 2017, comments: false },
    },
  },
} as unknown as UserConfigExport<'webpack5'>

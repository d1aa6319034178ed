import type { UserConfigExport } from '@tarojs/cli'

/** While developing: readable output. */
export default {} satisfies UserConfigExport<'webpack5'>

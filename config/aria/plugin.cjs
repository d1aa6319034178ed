const { join } = require('node:path')
const components = require('./components.cjs')

/**
 * Taro's templates leave out what a screen reader is told. Both halves must know of it: templates,
 * which are written at build time, and the runtime, which numbers their attributes.
 */
module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn: (platform) => {
      if (platform.template === undefined) return
      platform.template.mergeComponents(ctx, components)
      platform.runtimePath = [platform.runtimePath, join(__dirname, 'runtime.js')].flat()
    },
  })
}

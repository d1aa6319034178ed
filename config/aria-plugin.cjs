/**
 * Taro's templates leave out what a screen reader is told; WeChat's components know aria-role and
 * aria-label (developers.weixin.qq.com, component/accessibility).
 */
const ARIA = { 'aria-role': '', 'aria-label': '' }

module.exports = (ctx) => {
  ctx.registerMethod({
    name: 'onSetupClose',
    fn: (platform) => {
      platform.template?.mergeComponents(ctx, { View: ARIA, Image: ARIA, Input: ARIA, Button: ARIA })
    },
  })
}

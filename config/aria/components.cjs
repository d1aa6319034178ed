/** WeChat's components know these two (developers.weixin.qq.com, component/accessibility). */
const ARIA = { 'aria-role': '', 'aria-label': '' }

module.exports = { View: ARIA, Image: ARIA, Input: ARIA, Button: ARIA }

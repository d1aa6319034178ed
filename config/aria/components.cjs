/** WeChat's components know these (developers.weixin.qq.com, component/accessibility). */
const ARIA = { 'aria-role': '', 'aria-label': '' }

module.exports = {
  View: { ...ARIA, 'aria-checked': '' },
  Image: ARIA,
  Input: ARIA,
  Button: ARIA,
}

type Step = readonly [title: string, text: string]
/** The tour in front of each build: a browser has no camera. */
type Steps = Record<'weapp' | 'h5', readonly Step[]>

const inChinese = (scan: string): readonly Step[] => [
  ['加户号', '选「刚打开的人」。点「加户号」，选申江水务，填 310407300C，最后一个字填「兰」。'],
  [
    '一次付清',
    '选「王芳」。首页的一个数字，一个按钮；点「一次缴清」，在微信的页面上点「立即支付」。',
  ],
  [
    '看钱到哪了',
    '付款结果页：微信已收款、万家已入账、公司已销账，每一步都有时间；第四步写明什么时候对账。',
  ],
  ['让柜员扫', `打开一张收据，再选「京华供电柜员」：我 → 柜员台 → 扫收据上的码，${scan}。`],
  [
    '弄丢一个通知',
    '打开「微信的付款通知丢了」，换个人再付一笔：万家自己去问微信，几秒后找到这笔钱。',
  ],
]

const inEnglish = (scan: string): readonly Step[] => [
  [
    'Add an account',
    'Be the newcomer. Add an account: Shenjiang Water, 310407300C, last character 兰.',
  ],
  [
    'Pay all at once',
    'Be Wang Fang. One number, one button on Home; pay all, then “Pay now” on WeChat’s sheet.',
  ],
  [
    'Follow the money',
    'The result: WeChat has it, Wanjia recorded it, the company credited it, each with its time; the fourth says when the books are compared.',
  ],
  [
    'Let a clerk scan it',
    `Open a receipt, then be the clerk of Jinghua Power: Me → Clerk desk → scan, ${scan}.`,
  ],
  [
    'Lose a notice',
    'Switch “notice is lost” on, be somebody else and pay: Wanjia asks WeChat itself and finds the money in seconds.',
  ],
]

export const stepsInChinese: Steps = {
  weapp: inChinese('点刚才那台手机的屏幕'),
  h5: inChinese('框里已经是刚才那台手机上的码，点「确定」'),
}
export const stepsInEnglish: Steps = {
  weapp: inEnglish('and tap the screen of the other phone'),
  h5: inEnglish('and confirm: the code of the other phone is in the field'),
}

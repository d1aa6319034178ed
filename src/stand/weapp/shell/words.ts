const zh = {
  title: '万家 · 展台',
  who: '我是谁',
  faults: '让它出错',
  messages: '背后发生的事',
  tour: '五步看完',
  reset: '全部重来',
  resetting: '正在重建演示城市…',
  resetDone: '演示城市回到了第一天。',
  back: '返回',
  pull: '下拉刷新',
  kill: '关掉再打开',
  airplane: '飞行模式',
  camera: '相机',
  cameraNote: '把码放到相机前：点上一台手机的屏幕，或者贴上文字。',
  otherPhone: '刚才那台手机屏幕上的码',
  noOtherPhone: '刚才那台手机上没有码。先换回去，打开收据。',
  unreadable: '看不清这个码。',
  paste: '贴上码里的文字',
  use: '扫这个',
  close: '关上',
  next: '下一步',
  previous: '上一步',
  nothingYet: '还没有。付一笔看看。',
  quiet: '都正常',
  meter: (calls: number, bytes: number, nodes: number, depth: number) =>
    `setData ${calls} 次 · ${(bytes / 1024).toFixed(1)} KB · ${nodes} 个节点 · ${depth} 层`,
  faultNames: {
    noticeLost: '微信的付款通知丢了',
    noticeDoubled: '通知来两遍',
    noticeLate: '通知晚一分钟',
    answerLost: '微信的回复丢了',
    serverError: '微信出错 500',
    slow: '微信很慢',
    'biller:down': '收费单位断线',
    'biller:timeOutAfterPosting': '收费单位记了账但没回话',
    'biller:closedWindow': '收费单位不收（结账中）',
  } as Record<string, string>,
  steps: [
    ['加户号', '选「刚打开的人」。点「加户号」，选申江水务，填 310407300C，最后一个字填「兰」。'],
    [
      '一次付清',
      '选「王芳」。首页的一个数字，一个按钮；点「一次缴清」，在微信的页面上点「立即支付」。',
    ],
    [
      '看钱到哪了',
      '付款结果页：微信已收款、万家已入账、公司已销账，每一步都有时间；第四步写明什么时候对账。',
    ],
    [
      '让柜员扫',
      '打开一张收据，再选「京华供电柜员」：我 → 柜员台 → 扫收据上的码，点刚才那台手机的屏幕。',
    ],
    [
      '弄丢一个通知',
      '打开「微信的付款通知丢了」，换个人再付一笔：万家自己去问微信，几秒后找到这笔钱。',
    ],
  ] as [string, string][],
}

const en: typeof zh = {
  title: 'Wanjia · the stand',
  who: 'Who am I',
  faults: 'Break something',
  messages: 'What happens behind it',
  tour: 'Five steps',
  reset: 'Start over',
  resetting: 'Founding the demo city anew…',
  resetDone: 'The demo city is as on its first day.',
  back: 'Back',
  pull: 'Pull to refresh',
  kill: 'Close and open again',
  airplane: 'Airplane mode',
  camera: 'Camera',
  cameraNote:
    'Hold a code before the camera: tap the screen of the other phone, or paste its text.',
  otherPhone: 'The code on the screen of the phone before',
  noOtherPhone: 'There was no code on the phone before. Go back to it and open a receipt.',
  unreadable: 'This code cannot be read.',
  paste: 'Paste the text of a code',
  use: 'Scan this',
  close: 'Close',
  next: 'Next',
  previous: 'Back',
  nothingYet: 'Nothing yet. Pay a bill.',
  quiet: 'all is well',
  meter: (calls, bytes, nodes, depth) =>
    `${calls} setData · ${(bytes / 1024).toFixed(1)} KB · ${nodes} nodes · depth ${depth}`,
  faultNames: {
    noticeLost: "WeChat's notice is lost",
    noticeDoubled: 'The notice comes twice',
    noticeLate: 'The notice comes a minute late',
    answerLost: "WeChat's answer is lost",
    serverError: 'WeChat answers 500',
    slow: 'WeChat is slow',
    'biller:down': 'The companies are offline',
    'biller:timeOutAfterPosting': 'A company credits and does not say so',
    'biller:closedWindow': 'A company refuses (closing its books)',
  },
  steps: [
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
      'Open a receipt, then be the clerk of Jinghua Power: Me → Clerk desk → scan, and tap the screen of the other phone.',
    ],
    [
      'Lose a notice',
      'Switch “notice is lost” on, be somebody else and pay: Wanjia asks WeChat itself and finds the money in seconds.',
    ],
  ],
}

/** The stand speaks the visitor's language; the phone has its own. */
export const words = navigator.language.startsWith('zh') ? zh : en
export const language: 'zh' | 'en' = navigator.language.startsWith('zh') ? 'zh' : 'en'

type Question = { question: string; answer: string }

const zhQuestions: Question[] = [
  {
    question: '微信扣了钱，账单还没销',
    answer:
      '不要再付一次。钱和凭证都在。打开「账单」里的那一张，能看到钱走到哪一步、最晚什么时候有结果：要么销账，要么原路退回。柜员扫您的收据会看到「待销账，不要停供」。',
  },
  {
    question: '付了两次怎么办',
    answer: '同一张账单收到两笔钱，后一笔会自动原路退回，不用您申请。结果写在那一笔付款里。',
  },
  {
    question: '给别人家付错了',
    answer: '先打那家公司的电话，说收据号。钱要公司先冲回销账，才能退。',
  },
  {
    question: '为什么要答一个问题才能加户号',
    answer:
      '免得别人只凭户号就查到您家的姓名、地址和欠费。答案在纸质账单上。一天可以错几次，错满了第二天再来。',
  },
  {
    question: '家里老人不用手机',
    answer: '您加上他的户号就能替他付。他也可以照旧去柜台，柜台付过，这里会显示「在别处付了」。',
  },
  {
    question: '收据能当发票用吗',
    answer: '不能。收据证明钱付了、公司销了账。发票要向收费单位要。',
  },
]

const zh = {
  title: '帮助',
  hotlines: '各家公司的电话',
  hours: (hours: string, counter: string) => `${hours} · ${counter}`,
  contact: '在微信里问客服',
  errorNote: '页面上有「编号」的，告诉客服，一查就知道。',
  agreement: '用户协议',
  privacy: '隐私政策',
  operator: '本小程序由演示单位运行，公司、号码和资费都是虚构的示例。',
  record: 'ICP 备案：示例，未备案',
  questions: zhQuestions,
}

const en: typeof zh = {
  title: 'Help',
  hotlines: 'Phone numbers of the companies',
  hours: (hours, counter) => `${hours} · ${counter}`,
  contact: 'Ask in WeChat',
  errorNote: 'Where a page shows an id, tell us that id: the log knows it.',
  agreement: 'User agreement',
  privacy: 'Privacy policy',
  operator: 'A demonstration: companies, numbers and tariffs are made up.',
  record: 'ICP record: sample, not registered',
  questions: [
    {
      question: 'WeChat took the money, the bill is not credited',
      answer:
        'Do not pay again. Money and proof are safe. Open the bill: it shows how far the money is and by when there is a result: credited, or refunded to where it came from. A clerk who scans your receipt sees “not credited yet, do not cut off supply”.',
    },
    {
      question: 'I paid twice',
      answer:
        'When one bill was paid twice, the second payment is refunded by itself. You need not ask; the result is written on that payment.',
    },
    {
      question: 'I paid for the wrong home',
      answer:
        'Call that company and tell the receipt number. The company takes its credit back first; then the money can be refunded.',
    },
    {
      question: 'Why a question before an account is added?',
      answer:
        'So that nobody can look up your name, address and debts with the number alone. The answer is on the paper bill. A few wrong answers a day are allowed; after that, come back tomorrow.',
    },
    {
      question: 'My parents do not use a phone',
      answer:
        'Add their account and pay for them. They can still pay at the counter; the bill then shows “paid elsewhere” here.',
    },
    {
      question: 'Is the receipt an invoice?',
      answer: 'No. It proves that the money was paid and credited. Ask the company for an invoice.',
    },
  ],
}

export const HELP_WORDS = { zh, en }

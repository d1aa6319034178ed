/** Who one can be at the stand. Openids are the simulated platform's, never the phone's word. */
export type DemoPerson = {
  openid: string
  name: { zh: string; en: string }
  story: { zh: string; en: string }
  knownAs?: string
  accounts: { billerId: string; accountNumber: string; label: string; household: string }[]
  staff?: { billerId: string; displayName: string; role: 'clerk' | 'supervisor' }
}

const account = (billerId: string, accountNumber: string, label: string, household: string) => ({
  billerId,
  accountNumber,
  label,
  household,
})

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  {
    openid: 'o-demo-wang-fang',
    name: { zh: '王芳', en: 'Wang Fang' },
    story: {
      zh: '自己家和爸妈家，两城六个户号',
      en: 'Her own home and her parents’, six accounts in two cities',
    },
    knownAs: '妹妹',
    accounts: [
      account('shenjiang-water', '310407216A', '水', '我家'),
      account('shencheng-power', '310288465580', '电', '我家'),
      account('pujiang-gas', '6022144187', '燃气', '我家'),
      account('jinghua-power', '441020933317', '电', '爸妈家'),
      account('yanjing-water', '441020933319', '水', '爸妈家'),
      account('yanbei-gas', '22077742', '燃气', '爸妈家'),
    ],
  },
  {
    openid: 'o-demo-sister',
    name: { zh: '姐姐', en: 'Her sister' },
    story: { zh: '也管爸妈家的水和电', en: 'Looks after her parents’ water and power, too' },
    knownAs: '姐姐',
    accounts: [
      account('jinghua-power', '441020933317', '电', '爸妈家'),
      account('yanjing-water', '441020933319', '水', '爸妈家'),
    ],
  },
  {
    openid: 'o-demo-newcomer',
    name: { zh: '刚打开的人', en: 'A newcomer' },
    story: {
      zh: '手里有账单：申江水务 310407300C，户名最后一个字是兰',
      en: 'Holds a bill: Shenjiang Water 310407300C, the name ends in 兰',
    },
    accounts: [],
  },
  {
    openid: 'o-demo-many',
    name: { zh: '欧阳建国', en: 'Ouyang Jianguo' },
    story: { zh: '十二张账单没付', en: 'Twelve unpaid bills' },
    accounts: [
      account('shenjiang-water', '310499001E', '水', '世纪大道融汇花园的新家'),
      account('shencheng-power', '310299000012', '电', '世纪大道融汇花园的新家'),
      account('jinghua-power', '441099000012', '电', '岳父岳母家'),
      account('yanjing-water', '441099000004', '水', '岳父岳母家'),
    ],
  },
  {
    openid: 'o-demo-grandmother',
    name: { zh: '柳镇的外婆', en: 'Grandmother in Liuzhen' },
    story: {
      zh: '镇上的水厂夜里 23:30 到 0:30 结账，不收款；第一次付款 10 分钟内可以收回',
      en: 'Her water works closes its books from 23:30 to 0:30 every night, and lets a first payment be taken back for 10 minutes',
    },
    accounts: [account('liuzhen-water', '100217', '水', '我家')],
  },
  {
    openid: 'o-demo-clerk-jinghua',
    name: { zh: '京华供电柜员', en: 'Clerk, Jinghua Power' },
    story: { zh: '柜台 017，核对收据', en: 'Desk 017, checks receipts' },
    accounts: [],
    staff: { billerId: 'jinghua-power', displayName: '李* · 柜员 017', role: 'clerk' },
  },
  {
    openid: 'o-demo-clerk-shenjiang',
    name: { zh: '申江水务柜员', en: 'Clerk, Shenjiang Water' },
    story: { zh: '柜台 003，核对收据', en: 'Desk 003, checks receipts' },
    accounts: [],
    staff: { billerId: 'shenjiang-water', displayName: '钱* · 柜员 003', role: 'clerk' },
  },
]

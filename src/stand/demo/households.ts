import { type SeededNumbers, seasonalUse } from './seasonal-use'

/** One account of the demo city: who lives there and how the meter went. */
export type DemoAccount = {
  billerId: string
  accountNumber: string
  holder: string
  address: string
  phone: string
  people: number
  usages: number[]
  dueInDays: number[]
  estimated?: boolean
  suspended?: boolean
  balance?: number
  lastPaid?: number
}

const SURNAMES = [
  '张',
  '王',
  '李',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
]
const GIVEN = [
  '建国',
  '秀英',
  '晓华',
  '丽',
  '强',
  '志明',
  '美玲',
  '伟',
  '芳',
  '海燕',
  '玉兰',
  '军',
  '婷婷',
  '国庆',
  '雪梅',
]
const STREETS: Record<string, readonly string[]> = {
  shencheng: ['浦东新区花木路', '静安区愚园路', '徐汇区天平路'],
  yanjing: ['朝阳区望京街', '海淀区学院路', '东城区交道口'],
  liuzhen: ['柳镇老街', '柳镇河东路', '柳镇新村'],
}

/** So many ordinary households of one biller, from seeded chance. */
export function ordinaryHouseholds(
  chance: SeededNumbers,
  biller: {
    id: string
    cityId: string
    numbers: readonly string[]
    use: 'water' | 'electricity' | 'gas'
  },
): DemoAccount[] {
  return biller.numbers.map((accountNumber) => {
    const people = 1 + chance.below(5)
    const street = pick(chance, STREETS[biller.cityId] ?? ['大街'])
    return {
      billerId: biller.id,
      accountNumber,
      holder: pick(chance, SURNAMES) + pick(chance, GIVEN),
      address: `${street}${1 + chance.below(300)}号${1 + chance.below(30)}0${1 + chance.below(4)}室`,
      phone: `13${chance.below(10)}0000${String(chance.below(10_000)).padStart(4, '0')}`,
      people,
      usages: seasonalUse(chance, biller.use, people),
      dueInDays: [2 + chance.below(18)],
    }
  })
}

function pick<Entry>(chance: SeededNumbers, entries: readonly Entry[]): Entry {
  return entries[chance.below(entries.length)] as Entry
}

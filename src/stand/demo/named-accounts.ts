import type { DateText, MonthText } from '../../core/time'
import type { DemoAccount } from './households'
import { MONTHS, newestMonth } from './make-bills'
import { type SeededNumbers, seasonalUse } from './seasonal-use'

/** The accounts that the demo's people have, each with a story of its own. */
export function namedAccounts(chance: SeededNumbers, today: DateText): DemoAccount[] {
  const newest = newestMonth(today)
  const home = {
    holder: '张伟',
    address: '浦东新区花木路88号1202室',
    phone: '13800001234',
    people: 3,
  }
  const parents = {
    holder: '王建国',
    address: '朝阳区望京街16号0603室',
    phone: '13900003317',
    people: 2,
  }
  const use = useEndingIn(chance)
  return [
    // 214 of 220 m³ used this year: the next tier is near.
    {
      ...home,
      billerId: 'shenjiang-water',
      accountNumber: '310407216A',
      usages: yearlySum(newest, 214, 22),
      dueInDays: [3],
    },
    // Three days late; the small fee is lifted to one yuan.
    {
      ...home,
      billerId: 'shencheng-power',
      accountNumber: '310288465580',
      usages: use('electricity', 3, 75, 81),
      dueInDays: [-3],
    },
    {
      ...home,
      billerId: 'pujiang-gas',
      accountNumber: '6022144187',
      usages: use('gas', 3, 13, 14),
      dueInDays: [8],
    },
    // 450 kWh, 242.74 yuan, twelve days late: 2.91 yuan of late fee.
    {
      ...parents,
      billerId: 'jinghua-power',
      accountNumber: '441020933317',
      usages: withYearBefore(use('electricity', 2, 400, 450), 390),
      dueInDays: [-12],
    },
    {
      ...parents,
      billerId: 'yanjing-water',
      accountNumber: '441020933319',
      usages: yearlySum(newest, 162, 18),
      dueInDays: [9],
    },
    // A card meter: money not used yet, no bills to pay.
    {
      ...parents,
      billerId: 'yanbei-gas',
      accountNumber: '22077742',
      usages: use('gas', 2),
      dueInDays: [],
      balance: 3620,
      lastPaid: 10_000,
    },
    ...otherStories(chance, newest),
    ...manyBills(chance),
    // A small town whose water works closes its books every night.
    {
      billerId: 'liuzhen-water',
      accountNumber: '100217',
      holder: '沈桂英',
      address: '柳镇老街12号0101室',
      phone: '13500002217',
      people: 1,
      usages: Array.from({ length: MONTHS }, () => 9),
      dueInDays: [6],
    },
  ]
}

/** A neighbour, a leak, a crossed step, a suspended account. */
function otherStories(chance: SeededNumbers, newest: MonthText): DemoAccount[] {
  const use = useEndingIn(chance)
  const one = (
    billerId: string,
    accountNumber: string,
    holder: string,
    address: string,
    usages: number[],
    dueInDays: number[],
  ) => ({
    billerId,
    accountNumber,
    holder,
    address,
    usages,
    dueInDays,
    phone: '13800001234',
    people: 3,
  })
  return [
    // The digits of Wang Fang's water account with another letter: a neighbour.
    one(
      'shenjiang-water',
      '310407216B',
      '陈志明',
      '浦东新区花木路88号1203室',
      use('water', 3),
      [3],
    ),
    // The twelve digits of her parents' water account are somebody's electricity account.
    one(
      'jinghua-power',
      '441020933319',
      '周雪梅',
      '海淀区学院路7号0301室',
      use('electricity', 2),
      [6],
    ),
    // A leak: three times the use of the same month last year.
    one(
      'shenjiang-water',
      '310407300C',
      '吴玉兰',
      '静安区愚园路120号0501室',
      withYearBefore(use('water', 2, 14, 48), 16),
      [5],
    ),
    // Crosses a step in the middle of the newest bill.
    one(
      'shenjiang-water',
      '310407301D',
      '徐强',
      '徐汇区天平路31号0702室',
      yearlySum(newest, 235, 25),
      [7],
    ),
    {
      ...one(
        'jinghua-power',
        '441020930000',
        '孙军',
        '东城区交道口2号0101室',
        use('electricity', 2),
        [4],
      ),
      suspended: true,
    },
  ]
}

/** Seasonal use whose newest months are given. */
function useEndingIn(chance: SeededNumbers) {
  return (
    service: 'water' | 'electricity' | 'gas',
    people: number,
    ...last: number[]
  ): number[] => [...seasonalUse(chance, service, people).slice(0, MONTHS - last.length), ...last]
}

/** Four accounts with three unpaid bills each. */
function manyBills(chance: SeededNumbers): DemoAccount[] {
  const holder = {
    holder: '欧阳建国',
    address: '浦东新区世纪大道1999弄融汇花园28号2804室',
    phone: '13700008888',
    people: 4,
  }
  const numbers: [string, string, 'water' | 'electricity' | 'gas'][] = [
    ['shenjiang-water', '310499001E', 'water'],
    ['shencheng-power', '310299000012', 'electricity'],
    ['jinghua-power', '441099000012', 'electricity'],
    ['yanjing-water', '441099000004', 'water'],
  ]
  return numbers.map(([billerId, accountNumber, service]) => ({
    ...holder,
    billerId,
    accountNumber,
    usages: seasonalUse(chance, service, 4),
    dueInDays: [-50, -20, 10],
  }))
}

/** Use whose sum over the newest bill's calendar year is `total`, the newest month `last`. */
function yearlySum(newest: MonthText, total: number, last: number): number[] {
  const months = Number(newest.slice(5))
  const others = months - 1
  const usual = others === 0 ? last : Math.floor((total - last) / others)
  const usages = Array.from({ length: MONTHS }, () => Math.max(usual, 10))
  usages[MONTHS - 1] = last
  const rest = total - last - usual * others
  for (let index = 0; index < others; index += 1) {
    usages[MONTHS - 2 - index] = usual + (index < rest ? 1 : 0)
  }
  return usages
}

/** The same use with the newest month's twin of last year set. */
function withYearBefore(usages: number[], yearBefore: number): number[] {
  return usages.map((use, index) => (index === MONTHS - 13 ? yearBefore : use))
}

import type { Chance } from './chance'

export type PlannedBill = {
  accountId: string
  billId: string
  billerId: string
  month: string
  dueOn: string
  principal: number
}
export type PlannedAccount = {
  accountId: string
  billerId: string
  accountNumber: string
  state: 'active' | 'suspended'
  bills: PlannedBill[]
}
/** One resident sets out to pay some bills at some time. */
export type Intent = { name: string; openid: string; at: number; bills: PlannedBill[] }
/** A desk of a biller: who asks for refunds there, and who decides. */
type Desk = {
  staffId: string
  billerId: string
  openid: string
  role: 'clerk' | 'supervisor'
}
export type Plan = {
  billerIds: string[]
  accounts: PlannedAccount[]
  bindings: { openid: string; accountId: string }[]
  intents: Intent[]
  desks: Desk[]
}

/** Two companies of the provider’s, one of them with a window, and one with a merchant id of its own. */
const BILLERS = ['jinghua-power', 'yanjing-water', 'liuzhen-water', 'pujiang-gas']
const RESIDENTS = ['o-mother', 'o-daughter', 'o-son', 'o-neighbour']
const MONTHS = ['2026-09', '2026-10']
const HOUSES = { home: '100217', 'next-door': '100218' } as const
type House = keyof typeof HOUSES
const MINUTE_MS = 60_000

/** By which id an account is known here. */
export type AccountIdOf = (billerId: string, accountNumber: string) => string

/**
 * Who lives where and what they set out to pay. Mother, daughter and son share a household, so that they
 * pay for one another, and at times for the same bill at once.
 */
export function planHistory(chance: Chance, startAt: number, accountIdOf: AccountIdOf): Plan {
  const billerIds = BILLERS.filter(
    (_, index) => index < 2 || chance.happens(`biller/${index}`, 0.6),
  )
  const accounts = (['home', 'next-door'] as const).flatMap((house) =>
    billerIds.map((billerId) => accountOf(chance, { house, billerId }, accountIdOf)),
  )
  const residents = RESIDENTS.slice(0, chance.between('residents', 3, RESIDENTS.length))
  const bindings = residents.flatMap((openid) =>
    accounts
      .filter(
        ({ accountNumber }) =>
          accountNumber === HOUSES[openid === 'o-neighbour' ? 'next-door' : 'home'],
      )
      .map(({ accountId }) => ({ openid, accountId })),
  )
  const intents = residents.flatMap((openid, index) =>
    Array.from({ length: chance.between(`intents/${openid}`, 1, 2) }, (_, time) =>
      intentOf(chance, {
        name: `${openid}/${time}`,
        openid,
        at: startAt + minutesOf(chance, { index, time }) * MINUTE_MS,
        bills: accounts
          .filter((account) =>
            bindings.some((one) => one.openid === openid && one.accountId === account.accountId),
          )
          .flatMap((account) => account.bills),
      }),
    ),
  )
  const desks = billerIds.flatMap((billerId) => desksOf(chance, billerId, residents))
  return { billerIds, accounts, bindings, intents, desks }
}

/** A clerk, a supervisor who at times is one of the residents, and one who has no other part in it. */
function desksOf(chance: Chance, billerId: string, residents: readonly string[]): Desk[] {
  const isNeighbour = chance.happens(`desk/${billerId}`, 0.4)
  const openid = isNeighbour ? chance.pick(`desk-of/${billerId}`, residents) : 'o-supervisor'
  return [
    { staffId: `clerk-${billerId}`, billerId, openid: 'o-clerk', role: 'clerk' },
    { staffId: `supervisor-${billerId}`, billerId, openid, role: 'supervisor' },
    { staffId: `chief-${billerId}`, billerId, openid: 'o-chief', role: 'supervisor' },
  ]
}

/** Of two who set out, the second at times does so with the first, or as that one’s order ends. */
function minutesOf(chance: Chance, { index, time }: { index: number; time: number }): number {
  const own = chance.between(`at/${index}/${time}`, 0, 60)
  if (index === 0 || !chance.happens(`meets/${index}/${time}`, 0.4)) return own
  const first = minutesOf(chance, { index: index - 1, time: 0 })
  return first + chance.pick(`meets-at/${index}/${time}`, [0, 0, 1, 5, 14, 16])
}

function accountOf(
  chance: Chance,
  { house, billerId }: { house: House; billerId: string },
  accountIdOf: AccountIdOf,
): PlannedAccount {
  const name = `${house}-${billerId}`
  const accountNumber = HOUSES[house]
  const accountId = accountIdOf(billerId, accountNumber)
  const months = chance.happens(`months/${name}`, 0.4) ? MONTHS : MONTHS.slice(1)
  return {
    accountId,
    billerId,
    accountNumber,
    state: chance.happens(`suspended/${name}`, 0.05) ? 'suspended' : 'active',
    bills: months.map((month) => ({
      accountId,
      billId: `${name}-${month}`,
      billerId,
      month,
      // Long overdue, so that a late fee grew, or due in a fortnight.
      dueOn: chance.happens(`overdue/${name}/${month}`, 0.4) ? '2026-08-31' : '2026-12-04',
      principal: chance.between(`principal/${name}/${month}`, 1, 50_000),
    })),
  }
}

/** All bills, or some of them, or one. */
function intentOf(chance: Chance, intent: Intent): Intent {
  const share = chance.pick(`share/${intent.name}`, [0.3, 0.6, 1])
  const chosen = intent.bills.filter((bill) =>
    chance.happens(`chosen/${intent.name}/${bill.billId}`, share),
  )
  return { ...intent, bills: chosen.length === 0 ? intent.bills.slice(0, 1) : chosen }
}

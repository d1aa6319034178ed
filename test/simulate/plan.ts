import type { Chance } from './chance'

export type PlannedBill = {
  accountId: string
  billId: string
  billerId: string
  month: string
  dueOn: string
  principal: number
}
export type PlannedAccount = { accountId: string; billerId: string; bills: PlannedBill[] }
/** One resident sets out to pay some bills at some time. */
export type Intent = { name: string; openid: string; at: number; bills: PlannedBill[] }
export type Plan = {
  billerIds: string[]
  accounts: PlannedAccount[]
  bindings: { openid: string; accountId: string }[]
  intents: Intent[]
}

/** Two companies of the provider’s, one of them with a window, and one with a merchant id of its own. */
const BILLERS = ['jinghua-power', 'yanjing-water', 'liuzhen-water', 'pujiang-gas']
const RESIDENTS = ['o-mother', 'o-daughter', 'o-son', 'o-neighbour']
const MONTHS = ['2026-09', '2026-10']
const MINUTE_MS = 60_000

/**
 * Who lives where and what they set out to pay. Mother and daughter share a household, so that they
 * pay for one another, and at times for the same bill at once.
 */
export function planHistory(chance: Chance, startAt: number): Plan {
  const billerIds = BILLERS.filter(
    (_, index) => index < 2 || chance.happens(`biller/${index}`, 0.6),
  )
  const accounts = ['home', 'next-door'].flatMap((house) =>
    billerIds.map((billerId) => accountOf(chance, house, billerId)),
  )
  const residents = RESIDENTS.slice(0, chance.between('residents', 3, RESIDENTS.length))
  const bindings = residents.flatMap((openid) =>
    accounts
      .filter(({ accountId }) => accountId.startsWith(openid === 'o-neighbour' ? 'next' : 'home'))
      .map(({ accountId }) => ({ openid, accountId })),
  )
  const intents = residents.flatMap((openid, index) =>
    Array.from({ length: chance.between(`intents/${openid}`, 1, 2) }, (_, time) =>
      intentOf(chance, {
        name: `${openid}/${time}`,
        openid,
        at: startAt + chance.between(`at/${index}/${time}`, 0, 70) * MINUTE_MS,
        bills: accounts
          .filter((account) =>
            bindings.some((one) => one.openid === openid && one.accountId === account.accountId),
          )
          .flatMap((account) => account.bills),
      }),
    ),
  )
  return { billerIds, accounts, bindings, intents }
}

function accountOf(chance: Chance, house: string, billerId: string): PlannedAccount {
  const accountId = `${house}-${billerId}`
  const months = chance.happens(`months/${accountId}`, 0.4) ? MONTHS : MONTHS.slice(1)
  return {
    accountId,
    billerId,
    bills: months.map((month) => ({
      accountId,
      billId: `${accountId}-${month}`,
      billerId,
      month,
      // Long overdue, so that a late fee grew, or due in a fortnight.
      dueOn: chance.happens(`overdue/${accountId}/${month}`, 0.4) ? '2026-08-31' : '2026-12-04',
      principal: chance.between(`principal/${accountId}/${month}`, 1, 50_000),
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

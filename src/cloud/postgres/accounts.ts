import type { Fen } from '../../core/money'
import type { Instant } from '../../core/time'
import { type Database, statement, timestamp } from './database'
import { type PersonalDataKeys, seal, unseal } from './personal-data'

/** An account as it is stored, with holder and address opened. */
export type Account = {
  accountId: string
  billerId: string
  accountNumber: string
  holder: string
  address: string
  phone: string | null
  meterNumber: string
  people: number
  state: 'active' | 'suspended'
  balanceFen: Fen | null
  lastPaidFen: Fen | null
  syncedAt: Instant
}

type SealedAccount = Omit<Account, 'holder' | 'address' | 'phone'> & {
  holderSealed: string
  addressSealed: string
  phoneSealed: string | null
}

const COLUMNS = `account_id as "accountId", biller_id as "billerId", account_number as "accountNumber",
  holder_sealed as "holderSealed", address_sealed as "addressSealed", phone_sealed as "phoneSealed",
  meter_number as "meterNumber", people, state, balance_fen as "balanceFen",
  last_paid_fen as "lastPaidFen", synced_at as "syncedAt"`

const FIND = statement('account-find', `select ${COLUMNS} from account where account_id = $1`)
const FIND_SEVERAL = statement(
  'account-find-several',
  `select ${COLUMNS} from account where account_id = any($1::text[])`,
)
const LOOK = statement(
  'account-look',
  `select ${COLUMNS} from look_at_account($1, $2, $3, $4, $5::timestamptz)`,
)
const PUT = statement(
  'account-put',
  `insert into account (account_id, biller_id, account_number, holder_sealed, address_sealed,
     phone_sealed, meter_number, people, state, balance_fen, last_paid_fen, synced_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::timestamptz)
   on conflict (account_id) do update set holder_sealed = excluded.holder_sealed,
     address_sealed = excluded.address_sealed, phone_sealed = excluded.phone_sealed,
     meter_number = excluded.meter_number, people = excluded.people, state = excluded.state,
     balance_fen = excluded.balance_fen, last_paid_fen = excluded.last_paid_fen,
     synced_at = excluded.synced_at`,
)
const STALE = statement(
  'account-stale',
  `select account_id as "accountId" from account where synced_at < $1::timestamptz
     and account_id in (select account_id from binding) order by synced_at limit $2`,
)
const TOUCH = statement(
  'account-touch',
  'update account set synced_at = $2::timestamptz where account_id = $1',
)
const RESEAL = statement(
  'account-reseal',
  `update account set holder_sealed = $3, address_sealed = $4, phone_sealed = $5
   where account_id = $1 and holder_sealed = $2`,
)
const SEALED_PAGE = statement(
  'account-sealed-page',
  `select ${COLUMNS} from account where account_id > $1 order by account_id limit 500`,
)

export async function findAccount(
  database: Database,
  keys: PersonalDataKeys,
  accountId: string,
): Promise<Account | undefined> {
  const [row] = await database.run<SealedAccount>(FIND, [accountId])
  return row && opened(keys, row)
}

/** A look at an account by a person: the row of the audit and the account come in one call. */
export async function lookAtAccount(
  database: Database,
  keys: PersonalDataKeys,
  look: { accountId: string; auditId: string; actor: string; act: string; at: Instant },
): Promise<Account | undefined> {
  const [row] = await database.run<SealedAccount>(LOOK, [
    look.accountId,
    look.auditId,
    look.actor,
    look.act,
    timestamp(look.at),
  ])
  return row && opened(keys, row)
}

export async function findAccounts(
  database: Database,
  keys: PersonalDataKeys,
  accountIds: readonly string[],
): Promise<Map<string, Account>> {
  const rows = await database.run<SealedAccount>(FIND_SEVERAL, [[...accountIds]])
  return new Map(rows.map((row) => [row.accountId, opened(keys, row)]))
}

/** Stores what the biller said of an account, names and address sealed. */
export async function putAccount(
  database: Database,
  keys: PersonalDataKeys,
  account: Account,
): Promise<void> {
  const sealed = sealedParts(keys, account)
  await database.run(PUT, [
    account.accountId,
    account.billerId,
    account.accountNumber,
    sealed.holder,
    sealed.address,
    sealed.phone,
    account.meterNumber,
    account.people,
    account.state,
    account.balanceFen,
    account.lastPaidFen,
    timestamp(account.syncedAt),
  ])
}

/** Bound accounts that were not refreshed since an instant, the oldest first. */
export async function staleAccounts(
  database: Database,
  since: Instant,
  most: number,
): Promise<string[]> {
  const rows = await database.run<{ accountId: string }>(STALE, [timestamp(since), most])
  return rows.map((row) => row.accountId)
}

export async function touchAccount(
  database: Database,
  accountId: string,
  at: Instant,
): Promise<void> {
  await database.run(TOUCH, [accountId, timestamp(at)])
}

/** Seals every account anew under the current key; gives how many were under an older one. */
export async function rotateAccounts(
  database: Database,
  keys: PersonalDataKeys,
  isStale: (sealed: string) => boolean,
): Promise<number> {
  let rotated = 0
  for (let after = ''; ; ) {
    const rows = await database.run<SealedAccount>(SEALED_PAGE, [after])
    for (const row of rows) {
      if (!isStale(row.holderSealed)) continue
      const sealed = sealedParts(keys, opened(keys, row))
      await database.run(RESEAL, [
        row.accountId,
        row.holderSealed,
        sealed.holder,
        sealed.address,
        sealed.phone,
      ])
      rotated += 1
    }
    const last = rows.at(-1)
    if (last === undefined) return rotated
    after = last.accountId
  }
}

function sealedParts(keys: PersonalDataKeys, account: Account) {
  const place = (column: string) => ({ table: 'account', row: account.accountId, column })
  return {
    holder: seal(keys, place('holder'), account.holder),
    address: seal(keys, place('address'), account.address),
    phone: account.phone === null ? null : seal(keys, place('phone'), account.phone),
  }
}

function opened(keys: PersonalDataKeys, row: SealedAccount): Account {
  const place = (column: string) => ({ table: 'account', row: row.accountId, column })
  const { holderSealed, addressSealed, phoneSealed, ...rest } = row
  return {
    ...rest,
    holder: unseal(keys, place('holder'), holderSealed),
    address: unseal(keys, place('address'), addressSealed),
    phone: phoneSealed === null ? null : unseal(keys, place('phone'), phoneSealed),
  }
}

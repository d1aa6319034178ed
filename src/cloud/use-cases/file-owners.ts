import { payeeId } from '../../core/order-plan'
import type { FileSource } from '../../core/reconciliation'
import type { FileOwner } from '../wechat/trade-bill'
import type { Ports } from './ports'

/** WeChat, for a payee. */
export type PayeeFile<Source extends 'trade' | 'fund-flow'> = {
  ownerId: string
  source: Source
  payee: FileOwner
  feePerMillion: number | null
}
/** A biller, of itself. */
export type BillerFile = { ownerId: string; source: 'postings' }
/** Whoever makes a daily file. */
export type DailyOwner = PayeeFile<'trade'> | PayeeFile<'fund-flow'> | BillerFile

/**
 * Every file of a day: a trade file per payee, a biller's own file each, and the fund flow of merchants
 * of their own (WeChat gives a sub-merchant's flow only encrypted, to providers that are let in).
 */
export function dailyOwners(ports: Ports): DailyOwner[] {
  const owners = new Map<string, DailyOwner>()
  for (const { id, payee } of ports.billers.all()) {
    const ownerId = payeeId(payee)
    const who: FileOwner =
      payee.mode === 'direct'
        ? { mchid: payee.mchid }
        : { mchid: payee.mchid, subMchid: payee.subMchid }
    const of = { ownerId, payee: who, feePerMillion: payee.feePerMillion ?? null }
    owners.set(`trade ${ownerId}`, { source: 'trade', ...of })
    if (payee.mode === 'direct') owners.set(`fund-flow ${ownerId}`, { source: 'fund-flow', ...of })
    owners.set(`postings ${id}`, { source: 'postings', ownerId: id })
  }
  return [...owners.values()]
}

/** The owner of a wanted file; undefined once its biller is gone. */
export function ownerOf(
  ports: Ports,
  { ownerId, source }: { ownerId: string; source: FileSource },
): DailyOwner | undefined {
  return dailyOwners(ports).find((one) => one.ownerId === ownerId && one.source === source)
}

import type { Database } from '../../../src/cloud/postgres/database'
import {
  beginPosting,
  claimTask,
  creditBill,
  finishPosting,
  noteCredit,
  postponeTask,
  type TaskKey,
} from '../../../src/cloud/postgres/outbox'
import {
  claimAsk,
  closePayment,
  markAwaiting,
  recordPaid,
  startPaymentRow,
} from '../../../src/cloud/postgres/payment-writes'
import { findPayment, settledItems } from '../../../src/cloud/postgres/payments'
import { failTask } from '../../../src/cloud/postgres/person-list'
import { finishRefund, markRefundSent } from '../../../src/cloud/postgres/refunds'
import { endUndo, undoItemRow } from '../../../src/cloud/postgres/undo'
import { fen } from '../../../src/core/money'
import { aDatabase, engineName } from '../../support/databases'
import { moneyLines } from '../../support/money-lines'
import { aPaymentToStart, paidFactOf } from '../../support/stored-payment'
import { TODAY } from '../../support/town'

const at = (seconds: number) => TODAY + seconds * 1_000
/** Two bills of one order, one of them late, and one of another that can be taken back. */
const ITEMS = [
  { orderNo: 1, principal: 100, lateFee: 5 },
  { orderNo: 1, principal: 200, lateFee: 0 },
  { orderNo: 2, principal: 300, lateFee: 0, undoMinutes: 10 },
]

describe(`what each step of a payment writes, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
  })
  afterAll(() => database.close())

  const life = async () => {
    const payment = await aPaymentToStart(database, ITEMS)
    const { paymentId } = payment
    const item = (itemNo: number) => ({ paymentId, itemNo })
    const post = (itemNo: number): TaskKey => ({ ...item(itemNo), kind: 'post' })
    const follow = moneyLines(database, paymentId)
    const lines: string[] = []
    /** Done twice: what the second time writes is told, too. */
    const twice = async (name: string, work: () => Promise<unknown>) =>
      lines.push(...(await follow(name, work)), ...(await follow('again', work)))
    /** Lived before; its lines are not told. */
    const untold = (work: () => Promise<unknown>) => follow('untold', work)
    const start = () => startPaymentRow(database, payment, at(0))
    const coupon = (orderNo: number) => (orderNo === 1 ? 150 : 0)
    const fact = paidFactOf(paymentId, ITEMS, coupon)
    const pay = () => recordPaid(database, { paymentId, fact, noticeId: 'n-1' }, at(70))
    return { paymentId, item, post, twice, lines, untold, start, pay }
  }

  it('that is paid, credited and posted', async () => {
    const { paymentId, item, post, twice, lines, start, pay } = await life()
    const task = { ...post(1), attempts: 1 }
    await twice('start', start)
    await twice('await', () => markAwaiting(database, paymentId, 'prepay'))
    await twice('pay', pay)
    await twice('credit', async () => {
      const [first] = await settledItems(database, paymentId)
      return first && creditBill(database, first, at(71))
    })
    const receipt = { code: 'WJ1:1', keyId: 'r1' }
    await twice('note', () => noteCredit(database, item(1), 'credited', receipt))
    await twice('claim', () => claimTask(database, post(1), at(72), 30_000))
    await twice('postpone', () => postponeTask(database, task, at(73)))
    await twice('begin', () => beginPosting(database, item(1), at(74)))
    const posted = { postingNumber: 'B1', postedAt: at(75) }
    await twice('finish', () => finishPosting(database, item(1), posted, at(76)))
    expect(lines).toEqual([
      'start: {"started":"now"}',
      '+ audit start: at=0s act=start-payment actor=o-payer subject_id=P',
      '+ bill P-0: status=due revision=1 biller_id=biller-1 account_id=account-1 principal_fen=100 lock_payment_id=P',
      '+ bill P-1: status=due revision=1 biller_id=biller-1 account_id=account-1 principal_fen=200 lock_payment_id=P',
      '+ bill P-2: status=due revision=1 biller_id=biller-2 account_id=account-2 principal_fen=300 lock_payment_id=P',
      '+ item 1: state=unposted revision=1 biller_id=biller-1 account_id=account-1 amount_fen=105 late_fee_fen=5 refunded_fen=0 reversed_fen=0 undo_minutes=0 principal_fen=100 receipt_number=RP0',
      '+ item 2: state=unposted revision=1 biller_id=biller-1 account_id=account-1 amount_fen=200 late_fee_fen=0 refunded_fen=0 reversed_fen=0 undo_minutes=0 principal_fen=200 receipt_number=RP1',
      '+ item 3: state=unposted revision=1 biller_id=biller-2 account_id=account-2 amount_fen=300 late_fee_fen=0 refunded_fen=0 reversed_fen=0 undo_minutes=10 principal_fen=300 receipt_number=RP2',
      '+ order 1: payee_id=payee-1 amount_fen=305 created_at=0s order_number=P01',
      '+ order 2: payee_id=payee-2 amount_fen=300 created_at=0s order_number=P02',
      '+ payment: asks=0 mode=partner state=created quoted_at=0s amount_fen=605 created_at=0s expires_at=900s merchant_id=provider next_ask_at=30s order_number=P00',
      'again: {"started":"before"}',
      'await: "awaiting"',
      '  payment: state=awaiting prepay_id=prepay',
      'again: "awaiting"',
      'pay: "settled"',
      '+ audit settle: at=70s act=record-paid actor=wechat subject_id=P',
      '+ movement 1 settle-coupon: at=70s debit=promotion credit=unposted biller_id=biller-1 amount_fen=105',
      '+ movement 2 settle: at=70s debit=wallet credit=unposted biller_id=biller-1 amount_fen=155',
      '+ movement 2 settle-coupon: at=70s debit=promotion credit=unposted biller_id=biller-1 amount_fen=45',
      '+ movement 3 settle: at=70s debit=wallet credit=unposted biller_id=biller-2 amount_fen=300',
      '  order 1: paid_at=60s payer_fen=155 transaction_id=4200-P-1',
      '  order 2: paid_at=60s payer_fen=300 transaction_id=4200-P-2',
      '  payment: state=paid paid_at=60s notice_id=n-1 settled_at=70s next_ask_at',
      '+ task post 1: next_at=70s attempts=0 failures=0',
      '+ task post 2: next_at=70s attempts=0 failures=0',
      '+ task post 3: next_at=670s attempts=0 failures=0',
      'again: "before"',
      'credit: "credited"',
      '+ audit credit:P-0:1:P: at=71s act=credit-bill actor=P subject_id=account-1',
      '  bill P-0: status=paid credited_at=71s credited_item_no=1 credited_payment_id=P',
      'again: "already"',
      'note: told',
      '  item 1: credit=credited receipt_code=WJ1:1 receipt_key_id=r1',
      'again: told',
      'claim: {"paymentId":"P","itemNo":1,"kind":"post","attempts":1}',
      '  task post 1: attempts=1 locked_until=102s',
      'again: told',
      'postpone: told',
      '  task post 1: next_at=73s locked_until',
      'again: told',
      'begin: "begun"',
      '+ audit posting:1: at=74s act=begin-posting actor=jobs subject_id=P',
      '  item 1: state=posting',
      'again: "posting"',
      'finish: told',
      '+ audit posted:1: at=76s act=finish-posting actor=biller-1 subject_id=P',
      '  item 1: state=posted posted_at=75s posting_number=B1',
      '+ movement 1 post: at=76s debit=unposted credit=posted biller_id=biller-1 amount_fen=105',
      '  task post 1: done_at=76s',
      '+ task report-delivery 1: next_at=76s attempts=0 failures=0',
      'again: told',
    ])
  })

  it('that the biller refuses goes back, each to where it came from', async () => {
    const { paymentId, item, twice, lines, untold, start, pay } = await life()
    await start()
    await pay()
    await untold(() => beginPosting(database, item(2), at(73)))
    const refused = { rejection: 'nothing-owed' } as const
    await twice('refuse', () => finishPosting(database, item(2), refused, at(76)))
    const refund = { paymentId, refundNo: 2 }
    await twice('send', () => markRefundSent(database, refund, 'w-2', at(77)))
    const end = {
      state: 'done',
      refundNumber: `${paymentId}R002`,
      wechatRefundId: 'w-2',
      amountFen: fen(200),
      payerFen: fen(155),
      arrivedIn: 'card',
      at: at(78),
    } as const
    await twice('arrive', () => finishRefund(database, refund, end, at(79)))
    expect(lines).toEqual([
      'refuse: told',
      '+ audit posted:2: at=76s act=finish-posting actor=biller-1 reason=nothing-owed subject_id=P',
      '+ audit refund:2: at=76s act=request-refund actor=jobs reason=nothing-owed subject_id=P',
      '  item 2: state=rejected rejection=nothing-owed rejected_at=76s',
      '+ refund 2: rule=rejected-posting state=approved reason=nothing-owed part_no=1 amount_fen=200 is_doubted=false takes_from=unposted approved_at=76s approved_by=rejected-posting requested_at=76s requested_by=jobs refund_number=PR002 needs_reversal=false',
      '  task post 2: done_at=76s',
      '+ task refund 2: next_at=76s attempts=0 failures=0',
      'again: told',
      'send: "sent"',
      '+ audit refund-sent:2: at=77s act=send-refund actor=wechat subject_id=P',
      '+ movement 2 refund:2: at=77s debit=unposted credit=refunding biller_id=biller-1 amount_fen=200',
      '  refund 2: state=sent sent_at=77s wechat_refund_id=w-2',
      'again: "before"',
      'arrive: "recorded"',
      '+ audit refund-done:2: at=79s act=finish-refund actor=wechat reason=done subject_id=P',
      '  item 2: refunded_fen=200',
      '+ movement 2 refund-coupon:2: at=79s debit=refunding credit=promotion biller_id=biller-1 amount_fen=45',
      '+ movement 2 refund-done:2: at=79s debit=refunding credit=wallet biller_id=biller-1 amount_fen=155',
      '  refund 2: state=done payer_fen=155 arrived_in=card finished_at=78s',
      '  task refund 2: done_at=79s',
      'again: "before"',
    ])
  })

  it('that is taken back, and comes back from WeChat', async () => {
    const { paymentId, item, twice, lines, untold, start, pay } = await life()
    await start()
    await untold(pay)
    await twice('undo', () => undoItemRow(database, item(3), at(80)))
    await twice('end undo', () => endUndo(database, item(3), at(81)))
    const refund = { paymentId, refundNo: 3 }
    const end = {
      state: 'closed',
      refundNumber: `${paymentId}R003`,
      wechatRefundId: 'w-3',
      amountFen: fen(300),
      payerFen: fen(300),
      at: at(82),
    } as const
    await twice('close', () => finishRefund(database, refund, end, at(83)))
    expect(lines).toEqual([
      'undo: {"undone_at":"2026-11-16T06:18:20+00:00"}',
      '+ audit refund:3: at=80s act=request-refund actor=o-payer reason=undo subject_id=P',
      '+ audit undo:3: at=80s act=undo-item actor=o-payer subject_id=P',
      '  item 3: state=undone undone_at=80s',
      '+ refund 3: rule=undo state=approved reason=undo part_no=1 amount_fen=300 is_doubted=false takes_from=unposted approved_at=80s approved_by=undo requested_at=80s requested_by=o-payer refund_number=PR003 needs_reversal=false',
      '  task post 3: done_at=80s',
      '+ task refund 3: next_at=80s attempts=0 failures=0',
      'again: {"undone_at":"2026-11-16T06:18:20+00:00"}',
      'end undo: "undone"',
      'again: "undone"',
      'close: "recorded"',
      '+ audit person:refund:3:0: at=83s act=hand-to-person actor=jobs reason=refund-closed subject_id=P',
      '+ audit refund-closed:3: at=83s act=finish-refund actor=wechat reason=closed subject_id=P',
      '+ audit refund-sent:3: at=83s act=send-refund actor=wechat subject_id=P',
      '+ movement 3 refund-closed:3: at=83s debit=refunding credit=unposted biller_id=biller-2 amount_fen=300',
      '+ movement 3 refund:3: at=83s debit=unposted credit=refunding biller_id=biller-2 amount_fen=300',
      '  refund 3: state=closed sent_at=83s payer_fen=300 finished_at=82s wechat_refund_id=w-3',
      '  task refund 3: handed_at=83s person_reason=refund-closed',
      'again: "before"',
    ])
  })

  it('that can be taken back no more', async () => {
    const { item, twice, lines, untold, start, pay } = await life()
    await start()
    await untold(pay)
    await twice('end undo', () => endUndo(database, item(3), at(671)))
    await twice('undo', () => undoItemRow(database, item(3), at(672)))
    expect(lines).toEqual([
      'end undo: "ended"',
      '  item 3: undo_ended_at=671s',
      'again: "ended"',
      'undo: {"refused":"too-late"}',
      'again: {"refused":"too-late"}',
    ])
  })

  it('that nobody pays, and that is paid after its end', async () => {
    const { paymentId, twice, lines, untold, start, pay } = await life()
    await untold(start)
    const first = await findPayment(database, paymentId)
    await twice('ask', async () => first && claimAsk(database, first, at(50)))
    await twice('close', () => closePayment(database, paymentId, at(65)))
    await twice('pay late', pay)
    expect(lines).toEqual([
      'ask: true',
      '  payment: asks=1 next_ask_at=50s',
      'again: false',
      'close: "closed"',
      '+ audit close: at=65s act=close-payment actor=wechat subject_id=P',
      '  payment: state=closed closed_at=65s next_ask_at',
      'again: "closed"',
      'pay late: "settled"',
      '+ audit settle: at=70s act=record-paid actor=wechat subject_id=P',
      '  item 3: undo_ended_at=70s',
      '+ movement 1 settle-coupon: at=70s debit=promotion credit=unposted biller_id=biller-1 amount_fen=105',
      '+ movement 2 settle: at=70s debit=wallet credit=unposted biller_id=biller-1 amount_fen=155',
      '+ movement 2 settle-coupon: at=70s debit=promotion credit=unposted biller_id=biller-1 amount_fen=45',
      '+ movement 3 settle: at=70s debit=wallet credit=unposted biller_id=biller-2 amount_fen=300',
      '  order 1: paid_at=60s payer_fen=155 transaction_id=4200-P-1',
      '  order 2: paid_at=60s payer_fen=300 transaction_id=4200-P-2',
      '  payment: state=paid paid_at=60s notice_id=n-1 settled_at=70s',
      '+ task post 1: next_at=70s attempts=0 failures=0',
      '+ task post 2: next_at=70s attempts=0 failures=0',
      '+ task post 3: next_at=70s attempts=0 failures=0',
      'again: "before"',
    ])
  })

  it('of which a task fails', async () => {
    const { post, twice, lines, untold, start, pay } = await life()
    await start()
    await untold(pay)
    for (const [attempts, failuresMax] of [
      [1, 2],
      [2, 2],
    ] as const) {
      await untold(() => claimTask(database, post(1), at(80 + attempts), 0))
      const failure = { nextAt: at(80), failuresMax, reason: 'fault E1', now: at(75) }
      await twice('fail', () => failTask(database, { ...post(1), attempts }, failure))
    }
    expect(lines).toEqual([
      'fail: "postponed"',
      '  task post 1: next_at=80s failures=1 failed_attempt=1 locked_until',
      'again: "postponed"',
      'fail: "handed-over"',
      '+ audit person:post:1:2: at=75s act=hand-to-person actor=jobs reason=fault E1 subject_id=P',
      '  task post 1: failures=2 handed_at=75s person_reason=fault E1 failed_attempt=2 locked_until',
      'again: "handed-over"',
    ])
  })
})

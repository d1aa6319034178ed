import type { Database } from '../../../src/cloud/postgres/database'
import {
  approveRefund,
  askRefund,
  declineRefund,
  finishReversal,
} from '../../../src/cloud/postgres/refund-requests'
import {
  finishRefund,
  markRefundSent,
  type RefundEnd,
  requestRefund,
  takeInRefund,
} from '../../../src/cloud/postgres/refunds'
import { fen } from '../../../src/core/money'
import { orderNumber } from '../../../src/core/payment-id'
import { aDatabase, engineName } from '../../support/databases'
import { seat } from '../../support/desks'
import { moneyLines } from '../../support/money-lines'
import { aLife, PAID, POSTING, type Step } from '../../support/money-steps'
import { TODAY } from '../../support/town'

const at = (seconds: number) => TODAY + seconds * 1_000
const POSTED: readonly Step[] = [...POSTING, 'posted']
/** The first number of what people ask for. */
const ASKED = 101

describe(`what each step of a refund writes, on the ${engineName()} engine`, () => {
  let database: Database
  beforeAll(async () => {
    database = await aDatabase()
    await seat(database)
  })
  afterAll(() => database.close())

  /** A payment of one item of 100 that has lived so far. */
  const lived = async (steps: readonly Step[]) => {
    const { paymentId } = await aLife(database, steps)
    const follow = moneyLines(database, paymentId)
    await follow('so far', async () => undefined)
    const lines: string[] = []
    /** Done twice: what the second time writes is told, too. */
    const twice = async (name: string, work: () => Promise<unknown>) =>
      lines.push(...(await follow(name, work)), ...(await follow('again', work)))
    const refund = { paymentId, refundNo: ASKED }
    const ask = (amount: number) => () =>
      askRefund(
        database,
        { paymentId, itemNo: 1, amountFen: fen(amount), reason: 'moved out', actor: 'li' },
        at(100),
      )
    const approve = () => approveRefund(database, refund, 'zhao', at(101))
    const ended = (state: RefundEnd['state'], amount: number, refundNo = ASKED) => {
      const refundNumber = `${paymentId}R${String(refundNo).padStart(3, '0')}`
      const [amountFen, payerFen] = [fen(amount), fen(amount)]
      const end = { state, refundNumber, wechatRefundId: 'w-1', amountFen, payerFen, at: at(110) }
      return () => finishRefund(database, { paymentId, refundNo }, end, at(111))
    }
    const takeIn = (amount: number) => () =>
      takeInRefund(
        database,
        {
          paymentId,
          refundNumber: 'by-hand',
          wechatRefundId: 'w-2',
          orderNumber: orderNumber(paymentId, 1),
          amountFen: fen(amount),
          createdAt: at(90),
        },
        at(100),
      )
    return { paymentId, refund, lines, twice, ask, approve, ended, takeIn }
  }

  it('that a clerk asks for, of what is credited', async () => {
    const { refund, lines, twice, ask, approve, ended } = await lived(POSTED)
    await twice('ask', ask(60))
    await twice('approve', approve)
    const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(102) } as const
    await twice('reverse', () => finishReversal(database, refund, reversed, at(103)))
    await twice('send', () => markRefundSent(database, refund, 'w-1', at(104)))
    await twice('cannot be placed', ended('abnormal', 60))
    await twice('arrives', ended('done', 60))
    expect(lines).toEqual([
      'ask: {"answer":"requested","refundNo":101}',
      '+ audit refund:101: at=100s act=request-refund actor=li reason=moved out subject_id=P',
      '+ refund 101: state=requested reason=moved out part_no=1 amount_fen=60 is_doubted=false takes_from=unposted requested_at=100s requested_by=li refund_number=PR101 needs_reversal=true',
      'again: {"answer":"before","refundNo":101}',
      'approve: "approved"',
      '+ audit refund-approved:101: at=101s act=approve-refund actor=zhao subject_id=P',
      '  refund 101: state=approved approved_at=101s approved_by=zhao',
      '+ task reverse 101: next_at=101s attempts=0 failures=0',
      'again: "before"',
      'reverse: told',
      '+ audit refund-reversed:101: at=103s act=reverse-posting actor=biller-1 subject_id=P',
      '  item 1: reversed_fen=60',
      '+ movement 1 reverse:101: at=103s debit=posted credit=unposted biller_id=biller-1 amount_fen=60',
      '  refund 101: reversed_at=102s reversal_number=B-1',
      '+ task refund 101: next_at=103s attempts=0 failures=0',
      '  task reverse 101: done_at=103s',
      'again: told',
      'send: "sent"',
      '+ audit refund-sent:101: at=104s act=send-refund actor=wechat subject_id=P',
      '+ movement 1 refund:101: at=104s debit=unposted credit=refunding biller_id=biller-1 amount_fen=60',
      '  refund 101: state=sent sent_at=104s wechat_refund_id=w-1',
      'again: "before"',
      'cannot be placed: "recorded"',
      '+ audit person:refund:101:0: at=111s act=hand-to-person actor=jobs reason=refund-abnormal subject_id=P',
      '+ audit refund-abnormal:101: at=111s act=finish-refund actor=wechat reason=abnormal subject_id=P',
      '  refund 101: state=abnormal payer_fen=60 finished_at=110s',
      '  task refund 101: handed_at=111s person_reason=refund-abnormal',
      'again: "before"',
      'arrives: "recorded"',
      '+ audit refund-done:101: at=111s act=finish-refund actor=wechat reason=done subject_id=P',
      '  item 1: refunded_fen=60',
      '+ movement 1 refund-done:101: at=111s debit=refunding credit=wallet biller_id=biller-1 amount_fen=60',
      '  refund 101: state=done',
      '  task refund 101: done_at=111s',
      'again: "before"',
    ])
  })

  it.each([
    ['is on its way', undefined, 'reverse'],
    ['came to the payer', 'done', 'reverse'],
    ['could not be paid out', 'closed', 'refund'],
  ] as const)(
    'that is asked for after one that the biller took back and that %s',
    async (_, state, task) => {
      const { paymentId, refund, lines, twice, ask, approve, ended } = await lived(POSTED)
      const reversed = { state: 'reversed', reversalNumber: 'B-1', reversedAt: at(102) } as const
      await ask(60)()
      await approve()
      await finishReversal(database, refund, reversed, at(103))
      if (state !== undefined) await ended(state, 60)()
      await ask(40)()
      await twice('before', async () => undefined)
      lines.length = 0
      const next = { paymentId, refundNo: ASKED + 1 }
      await twice('approve', () => approveRefund(database, next, 'zhao', at(120)))
      const isReversed = task === 'refund' ? ' reversed_at=120s' : ''
      expect(lines).toEqual([
        'approve: "approved"',
        '+ audit refund-approved:102: at=120s act=approve-refund actor=zhao subject_id=P',
        `  refund 102: state=approved approved_at=120s approved_by=zhao${isReversed}`,
        `+ task ${task} 102: next_at=120s attempts=0 failures=0`,
        'again: "before"',
      ])
    },
  )

  it('that the biller refuses to take back', async () => {
    const { refund, lines, twice, ask, approve } = await lived(POSTED)
    await ask(100)()
    await approve()
    const refused = { state: 'refused', code: 'not-allowed' } as const
    await twice('refuse', () => finishReversal(database, refund, refused, at(103)))
    expect(lines).toEqual([
      'refuse: told',
      '+ audit refund-approved:101: at=101s act=approve-refund actor=zhao subject_id=P',
      '+ audit refund-declined:101: at=103s act=decline-refund actor=biller-1 reason=not-allowed subject_id=P',
      '+ audit refund:101: at=100s act=request-refund actor=li reason=moved out subject_id=P',
      '+ refund 101: state=declined reason=moved out part_no=1 amount_fen=100 is_doubted=false takes_from=unposted approved_at=101s approved_by=zhao finished_at=103s declined_for=not-allowed requested_at=100s requested_by=li refund_number=PR101 needs_reversal=true',
      '+ task reverse 101: done_at=103s next_at=101s attempts=0 failures=0',
      'again: told',
    ])
  })

  it('that is declined, of what waits to be posted', async () => {
    const { refund, lines, twice, ask } = await lived(PAID)
    await twice('ask', ask(100))
    const by = { staffId: 'zhao', reason: 'paid for the house' }
    await twice('decline', () => declineRefund(database, refund, by, at(101)))
    expect(lines).toEqual([
      'ask: {"answer":"requested","refundNo":101}',
      '+ audit refund:101: at=100s act=request-refund actor=li reason=moved out subject_id=P',
      '+ refund 101: state=requested reason=moved out part_no=1 amount_fen=100 is_doubted=false takes_from=unposted requested_at=100s requested_by=li refund_number=PR101 needs_reversal=false',
      '  task post 1: done_at=100s',
      'again: {"answer":"before","refundNo":101}',
      'decline: "declined"',
      '+ audit refund-declined:101: at=101s act=decline-refund actor=zhao reason=paid for the house subject_id=P',
      '  refund 101: state=declined finished_at=101s declined_for=paid for the house',
      '  task post 1: next_at=101s done_at',
      'again: "before"',
    ])
  })

  it('that is closed after it was approved, of what waits to be posted', async () => {
    const { lines, twice, ask, approve, ended } = await lived(PAID)
    await ask(100)()
    await twice('approve', approve)
    await twice('closed', ended('closed', 100))
    expect(lines).toEqual([
      'approve: "approved"',
      '+ audit refund-approved:101: at=101s act=approve-refund actor=zhao subject_id=P',
      '+ audit refund:101: at=100s act=request-refund actor=li reason=moved out subject_id=P',
      '+ refund 101: state=approved reason=moved out part_no=1 amount_fen=100 is_doubted=false takes_from=unposted approved_at=101s approved_by=zhao requested_at=100s requested_by=li refund_number=PR101 needs_reversal=false',
      '  task post 1: done_at=100s',
      '+ task refund 101: next_at=101s attempts=0 failures=0',
      'again: "before"',
      'closed: "recorded"',
      '+ audit person:refund:101:0: at=111s act=hand-to-person actor=jobs reason=refund-closed subject_id=P',
      '+ audit refund-closed:101: at=111s act=finish-refund actor=wechat reason=closed subject_id=P',
      '+ audit refund-sent:101: at=111s act=send-refund actor=wechat subject_id=P',
      '+ movement 1 refund-closed:101: at=111s debit=refunding credit=unposted biller_id=biller-1 amount_fen=100',
      '+ movement 1 refund:101: at=111s debit=unposted credit=refunding biller_id=biller-1 amount_fen=100',
      '  refund 101: state=closed sent_at=111s payer_fen=100 finished_at=110s wechat_refund_id=w-1',
      '  task refund 101: handed_at=111s person_reason=refund-closed',
      'again: "before"',
    ])
  })

  it('by a rule', async () => {
    const { paymentId, lines, twice } = await lived(PAID)
    const asked = { paymentId, refundNo: 1, itemNo: 1, amountFen: fen(100), actor: 'jobs' }
    await twice('request', () =>
      requestRefund(database, { ...asked, reason: 'twice', rule: 'duplicate' }, at(100)),
    )
    expect(lines).toEqual([
      'request: "approved"',
      '+ audit refund:1: at=100s act=request-refund actor=jobs reason=twice subject_id=P',
      '+ refund 1: rule=duplicate state=approved reason=twice part_no=1 amount_fen=100 is_doubted=false takes_from=unposted approved_at=100s approved_by=duplicate requested_at=100s requested_by=jobs refund_number=PR001 needs_reversal=false',
      '  task post 1: done_at=100s',
      '+ task refund 1: next_at=100s attempts=0 failures=0',
      'again: "before"',
    ])
  })

  it.each([
    [0, ['100 promotion']],
    [1, ['1 wallet', '99 promotion']],
    [100, ['100 wallet']],
  ])('of which the payer gets %i, and whoever gave a coupon the rest', async (payer, moved) => {
    const { paymentId, refund, lines, twice } = await lived([...PAID, 'giveBack'])
    const end = {
      state: 'done',
      refundNumber: `${paymentId}R001`,
      wechatRefundId: 'w-1',
      amountFen: fen(100),
      payerFen: fen(payer),
      at: at(110),
    } as const
    await twice('arrives', () => finishRefund(database, { ...refund, refundNo: 1 }, end, at(111)))
    const movements = lines.map((line) =>
      /debit=refunding credit=(\w+) .*amount_fen=(\d+)/.exec(line),
    )
    expect(
      movements.flatMap((one) => (one === null ? [] : [`${one[2]} ${one[1]}`])).sort(),
    ).toEqual(moved)
  })

  it('that was made on the merchant platform, of a part of what waits to be posted', async () => {
    const { lines, twice, takeIn } = await lived(PAID)
    await twice('take in', takeIn(40))
    expect(lines).toEqual([
      'take in: {"answer":"taken","refundNo":101,"isCredited":false}',
      '+ audit person:post:1:0: at=100s act=hand-to-person actor=jobs reason=part-given-back subject_id=P',
      '+ audit refund:101: at=100s act=take-in-refund actor=wechat reason=merchant-platform subject_id=P',
      '+ movement 1 refund:101: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=40',
      '+ refund 101: rule=merchant-platform state=sent reason=merchant-platform part_no=1 sent_at=90s amount_fen=40 is_doubted=false takes_from=unposted approved_at=90s approved_by=merchant-platform requested_at=90s requested_by=merchant-platform refund_number=by-hand needs_reversal=false wechat_refund_id=w-2',
      '  task post 1: handed_at=100s person_reason=part-given-back',
      '+ task refund 101: next_at=100s attempts=0 failures=0',
      'again: {"answer":"before","refundNo":101,"isCredited":false}',
    ])
  })

  it('that was made on the merchant platform, of all that waits to be posted', async () => {
    const { lines, twice, takeIn } = await lived(PAID)
    await twice('take in', takeIn(100))
    expect(lines).toEqual([
      'take in: {"answer":"taken","refundNo":101,"isCredited":false}',
      '+ audit refund:101: at=100s act=take-in-refund actor=wechat reason=merchant-platform subject_id=P',
      '+ movement 1 refund:101: at=100s debit=unposted credit=refunding biller_id=biller-1 amount_fen=100',
      '+ refund 101: rule=merchant-platform state=sent reason=merchant-platform part_no=1 sent_at=90s amount_fen=100 is_doubted=false takes_from=unposted approved_at=90s approved_by=merchant-platform requested_at=90s requested_by=merchant-platform refund_number=by-hand needs_reversal=false wechat_refund_id=w-2',
      '  task post 1: done_at=100s',
      '+ task refund 101: next_at=100s attempts=0 failures=0',
      'again: {"answer":"before","refundNo":101,"isCredited":false}',
    ])
  })

  it('that was made on the merchant platform, of what is credited', async () => {
    const { lines, twice, takeIn } = await lived(POSTED)
    await twice('take in', takeIn(40))
    expect(lines).toEqual([
      'take in: {"answer":"taken","refundNo":101,"isCredited":true}',
      '+ audit person:reverse:101:0: at=100s act=hand-to-person actor=jobs reason=given-back-by-hand subject_id=P',
      '+ audit refund:101: at=100s act=take-in-refund actor=wechat reason=merchant-platform subject_id=P',
      '+ movement 1 refund:101: at=100s debit=posted credit=refunding biller_id=biller-1 amount_fen=40',
      '+ refund 101: rule=merchant-platform state=sent reason=merchant-platform part_no=1 sent_at=90s amount_fen=40 is_doubted=false takes_from=posted approved_at=90s approved_by=merchant-platform requested_at=90s requested_by=merchant-platform refund_number=by-hand needs_reversal=false wechat_refund_id=w-2',
      '+ task refund 101: next_at=100s attempts=0 failures=0',
      '+ task reverse 101: next_at=100s attempts=0 failures=0 handed_at=100s person_reason=given-back-by-hand',
      'again: {"answer":"before","refundNo":101,"isCredited":true}',
    ])
  })
})

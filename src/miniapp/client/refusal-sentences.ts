import type { RefusalDetails } from '../../contract/call'
import type { Names } from '../../contract/scalars'
import { fen, formatYuan } from '../../core/money'
import { sayClock, sayMoment } from './say-moment'
import { counted } from './words/counted'

/** What a sentence may name: the answer's own details, and what the page knows beside them. */
export type RefusalFacts = RefusalDetails & {
  /** The biller that the page is about. */
  biller?: Names
  hotline?: string
}

export type Sentence = (facts: RefusalFacts) => Names

const both = (zh: string, en: string): Names => ({ zh, en })
const fixed = (zh: string, en: string): Sentence => {
  const names = both(zh, en)
  return () => names
}

export const malformed = fixed(
  '这一页的版本旧了。关掉万家，再打开一次。',
  'This page is out of date. Close Wanjia and open it again.',
)
export const noIdentity = fixed(
  '微信没有告诉我们您是谁。请从微信里重新打开万家。',
  'WeChat did not tell us who you are. Open Wanjia again from WeChat.',
)
export const notAllowed = fixed(
  '这一页只给收费单位的柜员用。',
  "This page is for the utility companies' clerks only.",
)
export const tryAgain: Sentence = ({ biller, errorId }) =>
  both(
    `${biller?.zh ?? '服务器'}没有回复。过一会儿再试。${errorId ? `编号 ${errorId}` : ''}`,
    `${biller?.en ?? 'The server'} did not answer. Try again later.${errorId ? ` Id ${errorId}` : ''}`,
  )
export const offline = fixed(
  '没有网络，或者等了太久没有回复。连上网再试。',
  'No network, or no answer in time. Try again once you are connected.',
)

export const unknownBiller = fixed(
  '这家公司现在不在万家里。请另选一家。',
  'This company is not in Wanjia at present. Choose another one.',
)
export const badAccountNumber: Sentence = ({ biller }) =>
  both(
    `这不是${biller?.zh ?? '这家公司'}的户号。请对照纸质账单再看一遍。`,
    `This is not an account number of ${biller?.en ?? 'this company'}. Check it against the paper bill.`,
  )
export const tooOften: Sentence = ({ until }) =>
  until !== undefined && until - Date.now() > 90_000
    ? both(
        `今天查得太多了，${said(until).zh} 以后再试。`,
        `Too many look-ups today. Try again after ${said(until).en}.`,
      )
    : both('查得太快了，1 分钟后再试。', 'Too many look-ups. Try again in 1 minute.')
export const outOfTries: Sentence = ({ biller, hotline }) => {
  const call = biller && hotline
  return both(
    `今天试满了，明天再来${call ? `，或打${biller.zh} ${hotline}` : ''}。`,
    `No tries left today. Come back tomorrow${call ? ` or call ${biller.en}, ${hotline}` : ''}.`,
  )
}
/** The same words for "no such account" and "wrong answer": nothing is learnt from them. */
export const noMatch: Sentence = ({ triesLeft }) =>
  both(
    `户号或答案对不上。请对照纸质账单，两样都再看一遍。${triesLeft === undefined ? '' : `今天还可以试 ${triesLeft} 次。`}`,
    `Number or answer does not match. Check both against the paper bill.${triesLeft === undefined ? '' : ` ${counted(triesLeft, 'try', 'tries')} left today.`}`,
  )
export const suspended: Sentence = ({ biller, hotline }) =>
  both(
    `${biller?.zh ?? '收费单位'}停用了这个户号，网上不能查也不能缴。请打${hotline ? ` ${hotline}` : '它的电话'}。`,
    `${biller?.en ?? 'The company'} has suspended this account; it cannot be used online. Please call ${hotline ?? 'the company'}.`,
  )

export const notLookedUp = fixed(
  '离刚才查户号过了 10 分钟。请再答一次。',
  'More than 10 minutes have passed since the look-up. Please answer once more.',
)
export const tooManyAccounts = fixed(
  '一个人最多 30 个户号。先解绑一个不用的，再加。',
  'One person can have 30 accounts. Unbind one you no longer use first.',
)
export const noSuchAccount = fixed(
  '您这里没有这个户号，可能已经解绑了。',
  'You do not have this account; it may have been unbound.',
)
export const noSuchBill = fixed(
  '您这里没有这张账单。户号可能已经解绑了。',
  'You do not have this bill. The account may have been unbound.',
)
export const badCursor = fixed(
  '列表变了。从头再看一次。',
  'The list has changed. Start from the top.',
)

export const badPaymentId = fixed(
  '这笔没有发出去，钱没有动。再点一次支付。',
  'Nothing was sent and no money moved. Tap pay once more.',
)
export const tooManyItems = fixed(
  '一次最多付 12 张账单。先付一部分，再付其余的。',
  'At most 12 bills in one payment. Pay some first, then the rest.',
)
export const differentContents = fixed(
  '这笔和先前发起的不一样，没有付，钱没有动。回到账单再付。',
  'This differs from the payment begun earlier. No money moved. Go back to the bills and pay again.',
)
export const alreadyPaid = fixed(
  '这张账单已经付过了。不用再付。',
  'This bill is paid. Nothing more to pay.',
)
/** By a relative, under the name that this person chose; or by oneself on another device. */
export const beingPaid: Sentence = ({ payer, until, paymentId }) => {
  const end = until === undefined ? undefined : sayClock(until)
  if (paymentId !== undefined) {
    return both(
      `您自己有一笔正在付这张账单${end ? `，${end} 前有效` : ''}。接着付那一笔。`,
      `A payment of your own holds this bill${end ? ` until ${end}` : ''}. Continue with that one.`,
    )
  }
  return both(
    `${payer ?? '另一位家人'} 正在支付${end ? `，${end} 前有效` : ''}。先不要付。`,
    `${payer ?? 'Another family member'} is paying${end ? `, until ${end}` : ''}. Do not pay now.`,
  )
}
/** A figure stands apart from Chinese before it; a word does not. */
const spaced = (said: string) => (/^\d/.test(said) ? ` ${said}` : said)
export const closedWindow: Sentence = ({ biller, from, until }) => {
  const [zh, en] = [biller?.zh ?? '收费单位', biller?.en ?? 'The company']
  if (until === undefined) {
    return both(`${zh}正在结账，不收款。过后再付。`, `${en} takes no payments now. Pay later.`)
  }
  const end = said(until)
  const [since, range] =
    from === undefined
      ? ['正在', 'now']
      : [` ${sayClock(from)} 到${spaced(end.zh)} `, `from ${sayClock(from)} to ${end.en}`]
  return both(
    `${zh}${since}结账，不收款。${end.zh} 以后再付。`,
    `${en} takes no payments ${range}. Pay after ${end.en}.`,
  )
}
export const amountChanged: Sentence = ({ amountDue }) =>
  amountDue === undefined
    ? both('金额变了。看一眼再付。', 'The amount has changed. Please check, then pay.')
    : both(
        `金额变了：现在是 ${formatYuan(fen(amountDue))} 元。看一眼再付。`,
        `The amount is now ${formatYuan(fen(amountDue))}. Please check, then pay.`,
      )
export const cannotJoin = fixed(
  '这几张账单不能一起付，要分几次。看一眼再付。',
  'These bills cannot be paid together. Please check the parts, then pay.',
)
export const noSuchPayment = fixed(
  '没有找到这笔付款。要是刚刚才付，看看「账单」里的结果。',
  'This payment was not found. If you have just paid, see the result under Bills.',
)

export const notPaidYet = fixed(
  '微信还没有确认这笔付成了。有了结果再看能不能收回。',
  'WeChat has not confirmed this payment yet. See whether it can be taken back once it has.',
)
export const notUndoable: Sentence = ({ biller }) =>
  both(
    `这一笔付完就交给${biller?.zh ?? '收费单位'}销账，不能自己收回。`,
    `This one goes to ${biller?.en ?? 'the company'} as soon as it is paid; it cannot be taken back here.`,
  )
export const tooLateToUndo: Sentence = ({ biller, hotline }) =>
  both(
    `来不及收回了，这一笔已经交给${biller?.zh ?? '收费单位'}销账。付错了，打${hotline ? ` ${hotline}` : '它的电话'}。`,
    `Too late to take it back: it is with ${biller?.en ?? 'the company'} to be credited. If it was a mistake, call ${hotline ?? 'the company'}.`,
  )
export const beingRefunded = fixed(
  '这一笔的钱已经在退了，不用再收回。',
  'The money of this one is being refunded already; there is nothing to take back.',
)

export const noSuchReceipt = fixed('没有这张收据。', 'There is no such receipt.')
export const nothingToCheck = fixed(
  '先扫收据上的二维码，或者输入收据号。',
  'Scan the code on the receipt or type its number first.',
)
export const notPosted = fixed(
  '公司还没销账，先不能打印。',
  'The company has not credited it yet, so it cannot be printed.',
)
export const unknownVersion = fixed(
  '协议更新了。关掉万家，再打开一次。',
  'The agreement has been updated. Close Wanjia and open it again.',
)

const said = (until: number): Names => sayMoment(until, Date.now())

import type { Books, Held, Seen } from './books'
import type { Raced } from './race'

/** What is wrong with it, if anything, each as a sentence. */
export function wrongIn(raced: Raced, payments: number): string[] {
  const { paid, givenBack, took, asked, faults } = raced
  const settled = {
    ...{ paid: payments, credits: payments, settlements: payments },
    ...{ receipts: payments, receiptNumbers: payments, receiptCodes: payments },
  }
  return [
    ...differing('all paid', paid, {
      counts: { ...settled, billsPaid: payments, ...NO_REFUND },
      held: { held: 'unposted -100, wallet 100', payments },
    }),
    ...differing('all given back', givenBack, {
      counts: {
        ...{ ...settled, billsPaid: 0, openRefunds: 0 },
        ...{ refunds: payments, givenBack: payments, arrived: payments },
      },
      held: { held: 'nothing', payments },
    }),
    ...otherAnswers('notices', took, (answers) => answers === ONE_OF_TEN, payments),
    ...otherAnswers('askers', asked, (answers) => ONE_OF_TWO.includes(answers), payments),
    ...[...new Set(faults)].map(
      (fault) => `${faults.filter((one) => one === fault).length} times: ${fault}`,
    ),
  ]
}

const NO_REFUND = { refunds: 0, openRefunds: 0, givenBack: 0, arrived: 0 }
/** Sorted: all ten are acknowledged, and one of them settled. */
const ONE_OF_TEN = [...Array(9).fill('204 notice-before'), '204 notice-settled'].join()
/** One has the whole, and for the other nothing is left. */
const ONE_OF_TWO = ['clerk too-much,rule approved', 'clerk requested,rule too-much']

function differing(
  when: string,
  { books, held }: Seen,
  expected: { counts: Books; held: Held },
): string[] {
  const names = Object.keys(expected.counts) as (keyof Books)[]
  const { held: whole, payments } = expected.held
  const others = held.filter((one) => one.held !== whole)
  const rightly = held.find((one) => one.held === whole)?.payments ?? 0
  return [
    ...names
      .filter((name) => books[name] !== expected.counts[name])
      .map((name) => `${when}: ${name} is ${books[name]}, not ${expected.counts[name]}`),
    ...(rightly === payments
      ? []
      : [`${when}: ${rightly} payments, not ${payments}, hold ${whole}`]),
    ...others.map((one) => `${when}: ${one.payments} payments hold ${one.held}`),
  ]
}

/** What the copies of one payment were answered, where it is not what it must be, and how often. */
function otherAnswers(
  whose: string,
  answers: ReadonlyMap<string, readonly string[]>,
  isRight: (sorted: string) => boolean,
  payments: number,
): string[] {
  const sorted = [...answers.values()].map((all) => [...all].sort().join())
  const others = sorted.filter((all) => !isRight(all))
  return [
    ...(sorted.length === payments ? [] : [`${whose} of ${sorted.length} payments came`]),
    ...[...new Set(others)].map(
      (all) =>
        `the ${whose} of ${others.filter((one) => one === all).length} payments heard ${all}`,
    ),
  ]
}

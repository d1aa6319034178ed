import { strykerOf } from './stryker.mjs'

/** What the cloud does when money moves, judged by the suite `cloud`. */
const MONEY_MOVES = [
  'ask-expired-holders',
  'ask-payment',
  'ask-unknown-payments',
  'credit-bills',
  'match-daily-file',
  'match-fund-flow',
  'open-order',
  'order-differences',
  'plan-payments',
  'post-item',
  'posting-differences',
  'posting-times',
  'read-daily-file',
  'reconcile-days',
  'record-paid',
  'reverse-posting',
  'run-tasks',
  'send-refund',
  'settle-differences',
  'start-payment',
  'take-in-refund',
  'take-pay-notice',
  'take-refund-fact',
  'take-refund-notice',
  'undo-item',
  'undo-minutes',
  'wechat-order',
]

export default strykerOf('use-cases', {
  suite: 'use-cases',
  timeoutMS: 20_000,
  mutate: MONEY_MOVES.map((name) => `src/cloud/use-cases/${name}.ts`),
})

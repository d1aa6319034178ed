import { strykerOf } from './stryker.mjs'

/** The tests of the cloud that are about money, and histories of the simulator. */
const ABOUT_MONEY = [
  'test/cloud/{jobs,payment,reconcile}/*.test.ts',
  'test/cloud/wechat/notices.test.ts',
  'test/cloud/wechat/late-notices.test.ts',
  'test/mutate/histories.test.ts',
]
/** What the cloud does when money moves, and what says before how much it is and after whether all agree. */
const MONEY_MOVES = [
  'ask-expired-holders',
  'ask-payment',
  'ask-unknown-payments',
  'bill-amount',
  'counterparts',
  'credit-bills',
  'file-owners',
  'held-bills',
  'in-lanes',
  'match-daily-file',
  'match-fund-flow',
  'not-payable',
  'open-order',
  'order-differences',
  'our-side',
  'payable-bills',
  'plan-payments',
  'post-item',
  'posting-differences',
  'posting-times',
  'priced-bills',
  'quote-payment',
  'read-daily-file',
  'reconcile-days',
  'record-paid',
  'report-delivery',
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
  'watch-money',
  'wechat-order',
]

export default strykerOf('use-cases', {
  mutate: MONEY_MOVES.map((name) => `src/cloud/use-cases/${name}.ts`),
  // A loop without an end is noticed by the test's own clock long before, and what waits for nothing is a test that fails.
  timeoutMS: 1_200_000,
  timeoutFactor: 0,
  plugins: [`${import.meta.dirname}/mocha-runner.mjs`],
  testRunner: 'few-tests',
  testRunnerNodeArgs: ['--import', 'tsx', '--no-warnings'],
  mochaOptions: { spec: ABOUT_MONEY, ui: `${import.meta.dirname}/jest-words.cjs`, config: false },
})

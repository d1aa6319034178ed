import { runWithServer } from './with-server.mjs'

/** `npm run reconcile -- --demo [--payments N] [--planted N] [--seed N]`: a day with planted differences, matched. */
if (process.argv.includes('--demo')) {
  await runWithServer({
    port: 54_337,
    variable: 'RECONCILE_DATABASE_URL',
    file: 'test/reconcile/run.ts',
    options: process.argv.slice(2),
  })
} else {
  process.stdout.write(
    'npm run reconcile -- --demo plays a day; `npm run wanjia -- reconcile` is for days of your own\n',
  )
}

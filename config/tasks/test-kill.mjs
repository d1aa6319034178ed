import { runWithServer } from './with-server.mjs'

/** `npm run test:kill [-- --rounds N]`: kill -9 in mid-payment, on both engines. */
await runWithServer({
  port: 54_333,
  variable: 'KILL_DATABASE_URL',
  file: 'test/kill/run.ts',
  options: process.argv.slice(2),
})

import { runWithServer } from './with-server.mjs'

/** `npm run test:races [-- --payments N]`: everything ten times at once, at two isolation levels. */
await runWithServer({
  port: 54_336,
  variable: 'RACES_DATABASE_URL',
  file: 'test/races/run.ts',
  options: process.argv.slice(2),
})

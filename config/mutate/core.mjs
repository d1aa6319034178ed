import { strykerOf } from './stryker.mjs'

/** The pure rules, all of them, judged by the suite `core`. */
export default strykerOf('core', {
  suite: 'core',
  mutate: ['src/core/**/*.ts'],
  timeoutMS: 5_000,
})

import { strykerOf } from './stryker.mjs'

/** The pure rules, all of them, judged by the suite `core`. */
export default strykerOf('core', {
  mutate: ['src/core/**/*.ts'],
  timeoutMS: 5_000,
  plugins: ['@stryker-mutator/jest-runner', `${import.meta.dirname}/jest-runner.mjs`],
  testRunner: 'own-files',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    configFile: 'config/mutate/jest-core.cjs',
    enableFindRelatedTests: false,
  },
})

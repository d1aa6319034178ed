/** What every run of Stryker shares: how it works, and where its results go, which git ignores. */
export const strykerOf = (part, { suite, mutate, timeoutMS }) => ({
  mutate,
  plugins: ['@stryker-mutator/jest-runner', `${import.meta.dirname}/own-files-runner.mjs`],
  testRunner: 'own-files',
  testRunnerNodeArgs: ['--experimental-vm-modules', '--no-warnings'],
  jest: {
    projectType: 'custom',
    configFile: `config/mutate/jest-${suite}.cjs`,
    enableFindRelatedTests: false,
  },
  coverageAnalysis: 'perTest',
  concurrency: Number(process.env.MUTATE_LANES ?? 2),
  tempDirName: `.cache/mutate/${part}`,
  ignorePatterns: [
    '.*',
    'bench',
    'dist',
    'docs',
    'test/journeys',
    'test/miniapp',
    'test/screens',
    'test/speed',
  ],
  // Nothing is type-checked while mutants are judged.
  disableTypeChecks: false,
  timeoutMS,
  dryRunTimeoutMinutes: 20,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `.cache/mutate/${part}-report.json` },
  allowConsoleColors: false,
})

/** What every run of Stryker shares: how it works, and where its results go, which git ignores. */
export const strykerOf = (part, settings) => ({
  testRunner: 'jest',
  jest: { projectType: 'custom', configFile: `config/mutate/jest-${part}.cjs` },
  coverageAnalysis: 'perTest',
  concurrency: 2,
  tempDirName: `.cache/mutate/${part}`,
  ignorePatterns: ['.*', 'bench', 'dist', 'docs', 'test/journeys', 'test/miniapp', 'test/screens'],
  // Nothing is type-checked while mutants are judged.
  disableTypeChecks: false,
  incremental: true,
  incrementalFile: `.cache/mutate/${part}-incremental.json`,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `.cache/mutate/${part}-report.json` },
  allowConsoleColors: false,
  ...settings,
})

/** What every run of Stryker shares: how it works, and where its results go, which git ignores. */
export const strykerOf = (part, own) => ({
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
  dryRunTimeoutMinutes: 20,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `.cache/mutate/${part}-report.json` },
  allowConsoleColors: false,
  ...own,
})

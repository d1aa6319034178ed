/** Jest runs every suite; a suite is a project and a folder of test/. */
const ECMASCRIPT_ONLY = ['qr', 'uqr', '@levischuck/tiny-cbor', 'csv-parse']

const typescript = [
  '@swc/jest',
  {
    jsc: {
      parser: { syntax: 'typescript', tsx: true },
      transform: { react: { runtime: 'automatic' } },
      target: 'es2022',
    },
    module: { type: 'commonjs' },
  },
]

const suite = (displayName, more = {}) => ({
  displayName,
  rootDir: __dirname,
  testMatch: [`<rootDir>/test/${displayName}/**/*.test.{ts,tsx}`],
  testEnvironment: 'node',
  setupFilesAfterEnv: ['<rootDir>/test/support/fail-on-console-error.ts'],
  transform: { '\\.(m?js|tsx?)$': typescript },
  // The copies of the project that mutation testing works in.
  modulePathIgnorePatterns: ['<rootDir>/.cache/'],
  transformIgnorePatterns: [`/node_modules/(?!(${ECMASCRIPT_ONLY.join('|')})/)`],
  ...more,
})

/** What builds towns. */
const TOWNS = { globalSetup: '<rootDir>/test/support/keys-once.ts' }

module.exports = {
  // A town is a database and eight servers: on a busy machine it takes its time to stand.
  testTimeout: 60_000,
  projects: [
    suite('core'),
    suite('simulators', TOWNS),
    suite('cloud', TOWNS),
    // The same on a server, and what only a server can show.
    suite('cloud-server', {
      ...TOWNS,
      testMatch: ['<rootDir>/test/{cloud,cloud-server}/**/*.test.ts'],
    }),
    suite('simulate'),
    suite('miniapp', {
      testEnvironment: 'jsdom',
      moduleNameMapper: {
        '\\.(s?css|svg|png)$': '<rootDir>/test/support/style-stand-in.ts',
        '^@tarojs/components$': '<rootDir>/test/support/taro-components.tsx',
        '^@tarojs/taro$': '<rootDir>/test/support/taro-double.ts',
      },
    }),
    // What takes so long at most is measured with nothing beside it: one file, a suite of its own.
    suite('speed'),
    suite('stand'),
    suite('journeys'),
  ],
}

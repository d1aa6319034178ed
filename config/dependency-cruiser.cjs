/** The one-way rules of the house: per folder, the folders it may import from. Errors only. */
const MAY_IMPORT = {
  core: [],
  contract: ['core'],
  'miniapp/ui': ['core', 'miniapp/assets'],
  'miniapp/client': ['core', 'contract', 'miniapp/ui'],
  'miniapp/pages': ['core', 'miniapp/assets', 'miniapp/ui', 'miniapp/client', 'contract'],
  'miniapp/packages': ['core', 'miniapp/assets', 'miniapp/ui', 'miniapp/client', 'contract'],
  'cloud/use-cases': ['core', 'contract', 'cloud/postgres', 'cloud/wechat', 'cloud/billers'],
  'cloud/postgres': ['core', 'contract', 'cloud/billers'],
  'cloud/wechat': ['core', 'contract', 'cloud/files'],
  'cloud/billers': ['core', 'contract', 'cloud/files'],
  'cloud/files': ['core'],
  'cloud/functions': ['core', 'contract', 'cloud'],
  simulators: ['core'],
  stand: ['core', 'contract', 'cloud', 'simulators'],
  cli: ['core', 'contract', 'cloud'],
}

const NPM = {
  core: ['dayjs', '@noble/curves', '@levischuck/tiny-cbor'],
  contract: ['zod'],
}

const path = (folder) => `^src/${folder}/`

const folderRules = Object.entries(MAY_IMPORT).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  severity: 'error',
  comment: `src/${folder} may import only from itself${allowed.map((one) => `, ${one}`).join('')}`,
  from: { path: path(folder) },
  to: { path: '^src/', pathNot: [folder, ...allowed].map(path) },
}))

const npmRules = Object.entries(NPM).map(([folder, allowed]) => ({
  name: `${folder}-packages`,
  severity: 'error',
  comment: `src/${folder} may use only ${allowed.join(', ')} of npm`,
  from: { path: path(folder) },
  to: { path: 'node_modules', pathNot: allowed.map((one) => `node_modules/${one}/`) },
}))

module.exports = {
  forbidden: [
    ...folderRules,
    ...npmRules,
    {
      name: 'core-is-pure',
      severity: 'error',
      comment: 'core knows no Node: time, chance and settings arrive as arguments',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'contract-as-types-on-the-phone',
      severity: 'error',
      comment:
        'the phone imports the contract as types only, so that no schema library lands there',
      from: { path: '^src/miniapp/' },
      to: { path: '^src/contract/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'packages-are-islands',
      severity: 'error',
      comment: 'a subpackage never imports another one',
      from: { path: '^src/miniapp/packages/([^/]+)/' },
      to: { path: '^src/miniapp/packages/', pathNot: '^src/miniapp/packages/$1/' },
    },
    {
      name: 'nobody-imports-functions',
      severity: 'error',
      comment: 'functions are composition roots',
      from: { pathNot: '^src/cloud/functions/' },
      to: { path: '^src/cloud/functions/' },
    },
    {
      name: 'no-circles',
      severity: 'error',
      comment: 'files that need each other are one file, or want a third',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
  },
}

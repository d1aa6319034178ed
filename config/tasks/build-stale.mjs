import { buildWhenStale } from './build-miniapp.mjs'

/** Brings the builds that are named up to date: `node config/tasks/build-stale.mjs weapp h5`. */
for (const platform of process.argv.slice(2)) await buildWhenStale(platform)

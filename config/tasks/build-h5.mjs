import { buildMiniapp } from './build-miniapp.mjs'

await buildMiniapp('h5')

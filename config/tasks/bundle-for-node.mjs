import { build } from 'esbuild'

/** One file with all that it imports, as a cloud function is deployed and as test:kill starts it. */
export async function bundleForNode(entry, outfile, options = {}) {
  const { external = [], ...more } = options
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // wechatpay-axios-plugin assigns to a property that has only a getter: strict code would throw.
    tsconfigRaw: { compilerOptions: { alwaysStrict: false } },
    // pg looks for its optional native binding; a function has none.
    external: ['pg-native', ...external],
    logLevel: 'error',
    ...more,
  })
}

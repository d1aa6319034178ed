import { resolve } from 'node:path'
import { defineConfig, type UserConfigExport } from '@tarojs/cli'
import dev from './dev'
import prod from './prod'

/** Taro's runner transpiles sourceRoot only; these are shared with the phone and live beside it. */
const SHARED = ['src/core', 'src/contract'].map((folder) => resolve(process.cwd(), folder))

const base: UserConfigExport<'webpack5'> = {
  projectName: 'wanjia',
  date: '2026-11-16',
  designWidth: 375,
  deviceRatio: { 375: 2, 750: 1 },
  sourceRoot: 'src/miniapp',
  outputRoot: `dist/${process.env.TARO_ENV}`,
  plugins: ['@tarojs/plugin-framework-react', resolve(process.cwd(), 'config/aria/plugin.cjs')],
  framework: 'react',
  compiler: { type: 'webpack5', prebundle: { enable: false } },
  cache: { enable: false },
  copy: {
    patterns: [{ from: 'src/miniapp/sitemap.json', to: 'dist/weapp/sitemap.json' }],
    options: {},
  },
  mini: {
    compile: { include: SHARED },
    // Text and targets keep their size on every screen; layout is fluid, so nothing needs rpx.
    postcss: { pxtransform: { enable: false }, cssModules: { enable: false } },
  },
  h5: {
    publicPath: '/',
    staticDirectory: 'static',
    compile: { include: SHARED },
    router: { mode: 'hash' },
    postcss: {
      autoprefixer: { enable: true },
      pxtransform: { enable: false },
      cssModules: { enable: false },
    },
  },
}

export default defineConfig<'webpack5'>((merge) =>
  merge({}, base, process.env.NODE_ENV === 'development' ? dev : prod),
)

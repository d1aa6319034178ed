import { theme } from './theme'

/** What the phone says about itself. */
function system(): object {
  const { innerWidth, innerHeight, devicePixelRatio } = window
  const area = { left: 0, top: 0, right: innerWidth, bottom: innerHeight }
  return {
    platform: 'devtools',
    system: 'iOS 17.5',
    version: '8.0.50',
    SDKVersion: '3.8.12',
    brand: 'stand',
    model: 'stand',
    language: navigator.language.startsWith('en') ? 'en' : 'zh_CN',
    theme: theme(),
    pixelRatio: devicePixelRatio,
    windowWidth: innerWidth,
    windowHeight: innerHeight,
    screenWidth: innerWidth,
    screenHeight: innerHeight,
    statusBarHeight: 44,
    safeArea: { ...area, width: innerWidth, height: innerHeight },
    fontSizeSetting: 17,
    fontSizeScaleFactor: 1,
  }
}

const launch = { path: '', query: {}, scene: 1001, referrerInfo: {} }
const nothing = () => undefined

/** Questions that are answered at once. */
export const platform = {
  env: { USER_DATA_PATH: 'wxfile://usr' },
  canIUse: () => true,
  getSystemInfoSync: system,
  getWindowInfo: system,
  getDeviceInfo: system,
  getAppBaseInfo: system,
  getSystemSetting: () => ({}),
  getAppAuthorizeSetting: () => ({}),
  getMenuButtonBoundingClientRect: () => ({
    width: 87,
    height: 32,
    top: 50,
    bottom: 82,
    right: window.innerWidth - 8,
    left: window.innerWidth - 95,
  }),
  getLaunchOptionsSync: () => launch,
  getEnterOptionsSync: () => launch,
  getAccountInfoSync: () => ({
    miniProgram: { appId: 'touristappid', envVersion: 'develop', version: '' },
  }),
  getUpdateManager: () => ({
    onCheckForUpdate: nothing,
    onUpdateReady: nothing,
    onUpdateFailed: nothing,
    applyUpdate: nothing,
  }),
  getLogManager: () => console,
  getRealtimeLogManager: () => console,
  nextTick: (work: () => void) => setTimeout(work),
}

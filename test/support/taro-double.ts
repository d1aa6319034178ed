/**
 * A phone for tests: what `@tarojs/taro` gives the mini-program, with a storage, a cloud whose
 * answers the test chooses, WeChat's payment sheet, and pages that can be shown and hidden.
 */
import { useEffect } from 'react'

type Listener = () => void
type Options = { url?: string }
type Scan = { result: string }
type PrivacyListener = (settle: (answer: { event: string; buttonId?: string }) => void) => void

const freshPhone = () => ({
  storage: new Map<string, unknown>(),
  /** Parameters in the address of the page under test. */
  params: {} as Record<string, string>,
  /** Where navigation went, in order: 'redirectTo /packages/…'. */
  visited: [] as string[],
  /** What the cloud function answers; throw to play a phone without network. */
  answer: (_event: { call: string; request: never }): unknown => {
    throw new Error('the test gave the cloud no answers')
  },
  /** Every event that the cloud function got. */
  events: [] as { call: string; request: unknown }[],
  /** How WeChat's sheet ends: 'ok', or the platform's message. */
  sheet: 'ok',
  sheetsOpened: [] as unknown[],
  scan: { result: '' } as Scan | Error,
  language: 'zh_CN',
  theme: 'light',
  fontSizeSetting: 17,
  shown: new Set<Listener>(),
  hidden: new Set<Listener>(),
  pulled: new Set<Listener>(),
  bottom: new Set<Listener>(),
  privacy: undefined as PrivacyListener | undefined,
  updateReady: undefined as Listener | undefined,
  appHidden: [] as Listener[],
  updatesApplied: 0,
  themeListeners: new Set<Listener>(),
  /** What was asked of the bars round the page, the last of each kind. */
  bars: {} as Record<string, object>,
  copied: [] as string[],
  /** Pictures written to the album. The platform asks for consent first where a gate is open. */
  album: [] as string[],
})

export let phone = freshPhone()

/** A phone just out of the box; call it before each test. */
export function resetPhone(): void {
  phone = freshPhone()
}

/** The page comes to the front. */
export function showPage(): void {
  for (const listener of phone.shown) listener()
}

export function hidePage(): void {
  for (const listener of phone.hidden) listener()
}

export function pullPage(): void {
  for (const listener of phone.pulled) listener()
}

const go = (how: string) => (options?: Options) => {
  phone.visited.push(`${how} ${options?.url ?? ''}`.trim())
  return Promise.resolve({ errMsg: 'ok' })
}

const bar = (name: string) => (look: object) => {
  phone.bars[name] = look
  return Promise.resolve()
}
const nothing = () => undefined

/** What is private is given only after the gate's answer; without a gate at once. */
function privacyAgreed(): Promise<void> {
  return new Promise((resolve, reject) => {
    if (phone.privacy === undefined) return resolve()
    phone.privacy(({ event }) => {
      if (event === 'agree') resolve()
      else reject({ errMsg: 'fail privacy permission is not authorized' })
    })
  })
}

const Taro = {
  ENV_TYPE: { WEAPP: 'WEAPP', WEB: 'WEB' },
  getEnv: () => 'WEAPP',
  getStorageSync: (key: string) => phone.storage.get(key) ?? '',
  setStorageSync: (key: string, value: unknown) => {
    phone.storage.set(key, JSON.parse(JSON.stringify(value)))
  },
  removeStorageSync: (key: string) => {
    phone.storage.delete(key)
  },
  cloud: {
    init: () => undefined,
    callFunction: async ({ data }: { data: { call: string; request: unknown } }) => {
      phone.events.push(data)
      return { result: await phone.answer(data as never) }
    },
  },
  requestPayment: async (parameters: unknown) => {
    phone.sheetsOpened.push(parameters)
    if (phone.sheet !== 'ok') throw { errMsg: phone.sheet }
    return { errMsg: 'requestPayment:ok' }
  },
  getRandomValues: async ({ length }: { length: number }) => ({
    randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer,
  }),
  scanCode: async () => {
    if (phone.scan instanceof Error) throw phone.scan
    return phone.scan
  },
  navigateTo: go('navigateTo'),
  redirectTo: go('redirectTo'),
  reLaunch: go('reLaunch'),
  switchTab: go('switchTab'),
  navigateBack: go('navigateBack'),
  makePhoneCall: ({ phoneNumber }: { phoneNumber: string }) =>
    go('makePhoneCall')({ url: phoneNumber }),
  setNavigationBarTitle: () => Promise.resolve(),
  setNavigationBarColor: bar('navigation'),
  setBackgroundColor: bar('background'),
  setBackgroundTextStyle: bar('pull'),
  setTabBarStyle: bar('tabs'),
  setTabBarItem: () => Promise.resolve(),
  stopPullDownRefresh: () => undefined,
  nextTick: (callback: Listener) => callback(),
  canIUse: () => true,
  getAppBaseInfo: () => ({
    language: phone.language,
    theme: phone.theme,
    fontSizeSetting: phone.fontSizeSetting,
  }),
  getWindowInfo: () => ({ windowWidth: 375, windowHeight: 812, pixelRatio: 2 }),
  onThemeChange: (listener: Listener) => phone.themeListeners.add(listener),
  offThemeChange: (listener: Listener) => phone.themeListeners.delete(listener),
  setClipboardData: async ({ data }: { data: string }) => {
    await privacyAgreed()
    phone.copied.push(data)
  },
  env: { USER_DATA_PATH: 'wxfile://usr' },
  createOffscreenCanvas: () => ({
    getContext: () => ({ fillRect: nothing, fillText: nothing, measureText: () => ({ width: 1 }) }),
    toDataURL: () => 'data:image/png;base64,AAAA',
  }),
  getFileSystemManager: () => ({ writeFile: ({ success }: { success: Listener }) => success() }),
  saveImageToPhotosAlbum: async ({ filePath }: { filePath: string }) => {
    await privacyAgreed()
    phone.album.push(filePath)
  },
  onAppHide: (listener: Listener) => phone.appHidden.push(listener),
  onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
    phone.privacy = listener
  },
  getUpdateManager: () => ({
    onUpdateReady: (listener: Listener) => {
      phone.updateReady = listener
    },
    applyUpdate: () => {
      phone.updatesApplied += 1
    },
  }),
  showModal: () => Promise.resolve({ confirm: true, cancel: false }),
  showToast: () => Promise.resolve(),
  getCurrentInstance: () => ({ router: { params: phone.params } }),
}

export default Taro
export const useRouter = () => ({ params: phone.params })
export const useDidShow = (listener: Listener) => useHeard(() => phone.shown, listener)
export const useDidHide = (listener: Listener) => useHeard(() => phone.hidden, listener)
export const useReachBottom = (listener: Listener) => useHeard(() => phone.bottom, listener)
export const usePullDownRefresh = (listener: Listener) => useHeard(() => phone.pulled, listener)
export const useLaunch = (listener: Listener) => useOnce(listener)
export const useLoad = (listener: Listener) => useOnce(listener)
export const useReady = (listener: Listener) => useOnce(listener)

function useHeard(listeners: () => Set<Listener>, listener: Listener): void {
  useEffect(() => {
    const heard = listeners()
    heard.add(listener)
    return () => {
      heard.delete(listener)
    }
  })
}

function useOnce(listener: Listener): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the platform calls it once
  useEffect(listener, [])
}

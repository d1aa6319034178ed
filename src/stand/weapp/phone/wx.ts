import { eventTable } from './events'
import { goBack, pushPage, replacePage, showTab } from './page-stack'
import { phoneShell } from './program'
import { asApi } from './wx-api'
import { looks } from './wx-looks'
import { neighbours } from './wx-neighbours'
import { album, pictures } from './wx-pictures'
import { platform } from './wx-platform'
import { PRIVATE_APIS, privacyFor } from './wx-privacy'
import { questions } from './wx-questions'
import { storage } from './wx-storage'

type Run = (options: never) => unknown

const WITH_RESULT: Record<string, Run> = {
  navigateTo: ({ url }: { url: string }) => pushPage(url).then(() => ({})),
  redirectTo: ({ url }: { url: string }) => replacePage(url).then(() => ({})),
  reLaunch: ({ url }: { url: string }) => showTab(url),
  switchTab: ({ url }: { url: string }) => showTab(url),
  navigateBack: ({ delta }: { delta?: number }) => goBack(delta),
  showToast: ({ title }: { title: string }) => phoneShell()?.say(title),
  ...looks,
  ...questions,
  ...neighbours,
  ...album,
}
/** Asked for by the runtime and answered with "done": nothing to see of them here. */
const QUIET = [
  'showLoading',
  'hideLoading',
  'hideToast',
  'stopPullDownRefresh',
  'startPullDownRefresh',
  'pageScrollTo',
  'setBackgroundTextStyle',
  'login',
  'checkSession',
]

/** The platform's table `wx`, as the program finds it. */
export function platformTable(): Record<string, unknown> {
  const table: Record<string, unknown> = { ...platform, ...storage, ...pictures, ...eventTable() }
  const cloud: Record<string, unknown> = { init: () => undefined }
  for (const [name, run] of Object.entries(WITH_RESULT)) {
    const [first = '', second] = name.split('.')
    if (second === undefined) table[first] = asApi(name, guarded(name, run))
    else cloud[second] = asApi(name, run)
  }
  for (const name of QUIET) table[name] = asApi(name, () => ({}))
  return { ...table, cloud }
}

function guarded(name: string, run: Run): Run {
  if (!PRIVATE_APIS.includes(name)) return run
  return (options) => privacyFor(name).then(() => run(options))
}

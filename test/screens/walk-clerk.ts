import type { ClerkSaying } from '../../src/miniapp/client/words/clerk'
import type { JourneyPhone } from '../support/stand/phone'
import type { Walk } from './walk'
import { beginning } from './walk-words'

const CLERK = 'o-demo-clerk-jinghua'

/** A clerk: a genuine receipt, its print, a foreign code, another company's receipt, no network. */
export async function walkClerk(walk: Walk, code: string): Promise<void> {
  const { words, phoneOf, picture } = walk
  const phone = await phoneOf(CLERK)
  await toTheDesk(walk, phone)
  await picture(phone, 'clerk-check')
  await scan(walk, phone, { code, verdict: 'posted', button: words.clerk.scan })
  await picture(phone, 'clerk-posted')
  await phone.tap(words.clerk.eight)
  await phone.sees(words.clerk.onReceipt)
  await picture(phone, 'clerk-eight')
  await phone.back()
  await scan(walk, phone, {
    code: 'https://example.com/not-ours',
    verdict: 'foreign',
    button: words.clerk.scanNext,
  })
  await picture(phone, 'clerk-foreign')
  await phone.airplane()
  await scan(walk, phone, { code, verdict: 'offline', button: words.clerk.scanAgain })
  await picture(phone, 'clerk-offline')
  await phone.airplane()
  await scan(walk, phone, { code, verdict: 'posted', button: words.clerk.scanNext })
  await phone.tap(words.clerk.print)
  await phone.sees(/已登记打印|Print recorded/)
  await scan(walk, phone, { code, verdict: 'printed', button: words.clerk.scanNext })
  await picture(phone, 'clerk-printed')
  await phone.putAway()
  await showToClerk(walk, code, {
    verdict: 'other-biller',
    name: 'clerk-other-biller',
    clerk: 'o-demo-clerk-shenjiang',
  })
}

/** A receipt at the counter, as one clerk sees it. */
export async function showToClerk(
  walk: Walk,
  code: string,
  { verdict, name, clerk = CLERK }: { verdict: ClerkSaying; name: string; clerk?: string },
): Promise<void> {
  const phone = await walk.phoneOf(clerk)
  await toTheDesk(walk, phone)
  await scan(walk, phone, { code, verdict, button: walk.words.clerk.scan })
  await walk.picture(phone, name)
  await phone.putAway()
}

async function toTheDesk({ words }: Walk, phone: JourneyPhone): Promise<void> {
  await phone.tab(words.shell.tabs[2] ?? '')
  await phone.tap(beginning(words.me.desk))
  await phone.sees(words.clerk.startTitle)
}

async function scan(
  { words }: Walk,
  phone: JourneyPhone,
  { code, verdict, button }: { code: string; verdict: ClerkSaying; button: string },
): Promise<void> {
  await phone.holdCode(() => phone.tap(button), code)
  await phone.sees(words.clerk.verdicts[verdict][1])
}

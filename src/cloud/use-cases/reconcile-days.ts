import { lastClosedDay, nextFileAt } from '../../core/reconciliation'
import { addDays, type DateText, dateOf, type Instant, instantAt } from '../../core/time'
import {
  claimFile,
  dueFiles,
  type FileKey,
  findFile,
  refuseFile,
  stageFile,
  wantedDays,
  wantFile,
} from '../postgres/daily-files'
import { type DailyOwner, dailyOwners, ownerOf } from './file-owners'
import { inLanes } from './in-lanes'
import { matchDailyFile } from './match-daily-file'
import { noteFault } from './note-fault'
import type { Ports } from './ports'
import { readDailyFile } from './read-daily-file'
import { settleDifferences } from './settle-differences'

/** Longer than the function that holds it may live. */
const LEASE_MS = 90_000
/** While the database matches one file the next is read; a function has few connections and little memory. */
const FILES_AT_ONCE = 2
/** WeChat keeps files for three months. */
const KEPT_DAYS = 89
/** Files are there after ten; a file that is still missing now is somebody's to look after. */
const LATE_AT = '14:00'

/** The daily match, and what is safe to do about what it finds. Gives how much was begun. */
export async function reconcileDays(ports: Ports, until: Instant): Promise<number> {
  const begun = await matchDays(ports, until)
  return begun + (await settleDifferences(ports, until))
}

/**
 * Wants the files of every closed day, reads what is there, and matches it with our books. Gives how many
 * files were begun. One that is refused is asked for again; a day that is matched is never matched again.
 */
export async function matchDays(ports: Ports, until: Instant): Promise<number> {
  await wantFiles(ports)
  const due = await dueFiles(ports.database, ports.now())
  const isFlow = ({ source }: FileKey) => source === 'fund-flow'
  const take = (keys: FileKey[]) =>
    inLanes(
      keys,
      () => ports.now() >= until,
      (key) => takeFile(ports, key),
      FILES_AT_ONCE,
    )
  const begun = await take(due.filter((key) => !isFlow(key)))
  // A fund flow is checked against the trade file of its day.
  return begun + (await take(due.filter(isFlow)))
}

/** Wants every closed day that is not wanted yet, from the first one on, also one that lies between others. */
async function wantFiles(ports: Ports): Promise<void> {
  const closed = lastClosedDay(ports.now())
  const oldest = addDays(closed, -KEPT_DAYS)
  for (const { ownerId, source } of dailyOwners(ports)) {
    const { first, days } = await wantedDays(ports.database, { ownerId, source }, oldest)
    const wanted = new Set(days)
    const from = earliest(first ?? closed, closed)
    for (let day = latest(from, oldest); day <= closed; day = addDays(day, 1))
      if (!wanted.has(day)) await wantFile(ports.database, { ownerId, source, day }, ports.now())
  }
}

const earliest = (one: DateText, other: DateText) => (one < other ? one : other)
const latest = (one: DateText, other: DateText) => (one > other ? one : other)

/** Wants one day's files now, also of a day before the first one, or one that was put off; for an operator's command. */
export async function wantDay(ports: Ports, day: DateText): Promise<void> {
  for (const { ownerId, source } of dailyOwners(ports))
    await wantFile(ports.database, { ownerId, source, day }, ports.now())
}

/** Reads and matches one file, if no other runner does; what goes wrong is put off and noted. */
async function takeFile(ports: Ports, key: FileKey): Promise<void> {
  const about = `${key.source} ${key.ownerId} ${key.day}`
  const attempt = await claimFile(ports.database, key, ports.now(), LEASE_MS)
  if (attempt === undefined) return
  const owner = ownerOf(ports, key)
  const refuse = async (refusal: string, detail: string): Promise<void> => {
    const now = ports.now()
    await refuseFile(ports.database, key, { attempt, refusal, nextAt: nextFileAt(now, attempt) })
    ports.log({
      level: 'warn',
      event: 'daily-file-refused',
      about: `${about} ${refusal}: ${detail}`,
    })
    const lateFrom = instantAt(addDays(key.day, 1), LATE_AT)
    if (now >= lateFrom) ports.log({ level: 'alarm', event: 'daily-file-late', about })
  }
  try {
    if (owner === undefined) return await refuse('no-owner', 'no biller has it any more')
    const read = await staged(ports, owner, key, attempt)
    if (read !== 'staged') return read === undefined ? undefined : await refuse(...read)
    const matched = await matchDailyFile(ports, owner, key, attempt)
    if (matched.state === 'refused') await refuse(matched.refusal, matched.detail)
    else ports.log({ level: 'info', event: `daily-file-matched ${matched.differences}`, about })
  } catch (error) {
    const { errorId } = noteFault(ports, { event: 'daily-file', about }, error)
    await refuse('no-answer', errorId)
  }
}

/** 'staged' once this file's rows are here, why it was refused, or undefined when another took over. */
async function staged(
  ports: Ports,
  owner: DailyOwner,
  key: FileKey,
  attempt: number,
): Promise<'staged' | [string, string] | undefined> {
  const file = await findFile(ports.database, key)
  if (file?.state === 'staged') return 'staged'
  const reading = await readDailyFile(ports, owner, key, attempt)
  if (reading.state === 'refused') return [reading.refusal, reading.detail]
  const isOurs = await stageFile(ports.database, key, attempt, reading)
  return isOurs ? 'staged' : undefined
}

/** The day before: what an operator means when none is named. */
export function dayBefore(now: Instant): DateText {
  return addDays(dateOf(now), -1)
}

import type { ReplyOf, RequestOf } from '../../../contract/call'
import type { Calls } from '../../../contract/calls'
import type { CloudAnswer, Refused } from './call'
import { type CallState, stateAfter, stateBefore } from './call-state'

/** The calls that answer a page at a time, with `next` when there is more. */
export type PagedCall = 'list-bills' | 'list-receipts'
export type Filter<Name extends PagedCall> = Omit<RequestOf<Calls[Name]>, 'after'>

/** An endless list as the phone knows it; each page with the place after which it begins. */
export type PagesState<Name extends PagedCall> = {
  question: string
  /** How the newest asking of what is shown went. */
  call: CallState<Name>
  pages: readonly { after?: string; reply: ReplyOf<Calls[Name]> }[]
  /** Why the next page did not come; what is shown stands. */
  stuck?: Refused<Name>
}

type Ask<Name extends PagedCall> = (after: string | undefined) => Promise<CloudAnswer<Name>>
/** What an answer makes of the list as it is when the answer comes. */
export type Change<Name extends PagedCall> = (last: PagesState<Name>) => PagesState<Name>

/** So many pages of twenty rows stay on the screen; older ones push newer ones out. */
const PAGES_SHOWN = 3

/** A list of which nothing was asked yet: the kept page, if there is one. */
export function pagesBefore<Name extends PagedCall>(
  name: Name,
  question: string,
  keepAs: string | undefined,
): PagesState<Name> {
  const call = stateBefore(name, keepAs)
  return { question, call, pages: call.reply === undefined ? [] : [{ reply: call.reply }] }
}

/** Asks for up to `count` pages, one from the end of the other. Without all of them nothing changes. */
export async function askPages<Name extends PagedCall>(
  ask: Ask<Name>,
  from: string | undefined,
  count: number,
): Promise<Change<Name>> {
  const pages: PagesState<Name>['pages'][number][] = []
  let after = from
  do {
    const answer = await ask(after)
    if (!answer.ok) return (last) => ({ ...unstuck(last), call: stateAfter(last.call, answer) })
    pages.push({ ...(after === undefined ? {} : { after }), reply: answer.reply })
    after = answer.reply.next
  } while (after !== undefined && pages.length < count)
  const [first] = pages
  if (first === undefined) throw new Error('at least one page is asked for')
  return ({ question, call }) => ({
    question,
    call: stateAfter(call, { ok: true, reply: first.reply }),
    pages,
  })
}

/** Asks for the page after a place. */
export async function askNext<Name extends PagedCall>(
  ask: Ask<Name>,
  after: string,
): Promise<Change<Name>> {
  const answer = await ask(after)
  if (!answer.ok) return (last) => ({ ...last, stuck: answer })
  return (last) => ({
    ...unstuck(last),
    pages: [...last.pages, { after, reply: answer.reply }].slice(-PAGES_SHOWN),
  })
}

function unstuck<Name extends PagedCall>({ question, call, pages }: PagesState<Name>) {
  return { question, call, pages }
}

import { answerHttp } from '../src/cloud/answer-http'
import { recordNotice } from '../src/cloud/use-cases/take-pay-notice'
import { readNotice } from '../src/cloud/wechat/read-notice'
import { median } from './support/median'
import { preparePgbench } from './support/pgbench'
import { profiled } from './support/profile'
import { tell } from './support/results'
import { type PaidNotice, preparedTown, type SettleTown } from './support/settle-town'

/**
 * Paid notices through the real handler of the `http` function, 16 at a time, against pgbench's
 * TPC-B on the same server: signature, decryption, record_paid with its matching, answer. The second
 * figure counts in what follows: the bill's credit and its signed receipt.
 */
const ROUNDS = 5
const SECONDS = 30
const AT_ONCE = 16
/**
 * As many as make a round of five seconds and more: right after a checkpoint every page is written whole
 * and read anew, which the yardstick's half minute hardly notices.
 */
const PER_ROUND = { settle: 20_000, withCredit: 8_000 }
/** Taken before the first clock starts: connections opened, statements planned, code compiled. */
const WARM_UP = 1_000
const FLOOR = 0.7
const GOAL = 1

async function main(): Promise<void> {
  const url = process.env.BENCH_DATABASE_URL ?? ''
  const seconds = Number(argument('--seconds') ?? SECONDS)
  const rounds = Number(argument('--rounds') ?? ROUNDS)
  const perRounds = rounds * (PER_ROUND.settle + PER_ROUND.withCredit)
  const town = await preparedTown(url, WARM_UP * 2 + perRounds + PER_ROUND.settle)
  const pgbench = await preparePgbench(url)
  const figures = { yardstick: [] as number[], settle: [] as number[], withCredit: [] as number[] }
  for (const withCredit of [false, true]) await settleRound(town, withCredit, WARM_UP)
  for (let round = 0; round < rounds; round += 1) {
    await town.checkpoint()
    figures.yardstick.push(pgbench.run(seconds))
    figures.settle.push(await settleRound(town, false, PER_ROUND.settle))
    figures.withCredit.push(await settleRound(town, true, PER_ROUND.withCredit))
    process.stderr.write(`round ${round + 1} of ${rounds} done\n`)
  }
  const yardstick = median(figures.yardstick)
  const ratio = median(figures.settle) / yardstick
  const further = town.next(PER_ROUND.settle)
  const spent = ratio < GOAL ? await profiled(() => settleAll(town, false, further)) : undefined
  await town.close()
  tell(
    {
      name: 'settle',
      product: 'paid notices verified, decrypted, matched and settled, 16 at a time',
      yardstick: 'pgbench TPC-B on the same server, 16 clients',
      ratio,
      floor: FLOOR,
      goal: GOAL,
      settlesPerSecond: Math.round(median(figures.settle)),
      withCredit: Number((median(figures.withCredit) / yardstick).toFixed(2)),
      pgbenchPerSecond: Math.round(yardstick),
      rounds,
      ...(spent === undefined ? {} : { spent }),
    },
    rounds >= ROUNDS && seconds >= SECONDS,
  )
}

/** Settles a round's notices, made beforehand, as fast as the handler can; gives them per second. */
async function settleRound(town: SettleTown, withCredit: boolean, count: number) {
  const notices = town.next(count)
  await town.checkpoint()
  const startedAt = performance.now()
  await settleAll(town, withCredit, notices)
  return count / ((performance.now() - startedAt) / 1000)
}

async function settleAll(
  town: SettleTown,
  withCredit: boolean,
  notices: readonly PaidNotice[],
): Promise<void> {
  let at = 0
  const worker = async () => {
    for (let notice = notices[at++]; notice !== undefined; notice = notices[at++]) {
      await settleOne(town, notice, withCredit)
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}

/** The whole handler credits the bill, too; without that it ends with the record. */
async function settleOne(town: SettleTown, notice: PaidNotice, withCredit: boolean): Promise<void> {
  const { ports, merchants } = town.cloud
  if (withCredit) {
    const answer = await answerHttp(town.cloud, notice)
    if (answer.statusCode !== 204) throw new Error(`a notice was answered ${answer.statusCode}`)
    return
  }
  const rawBody = Buffer.from(notice.body ?? '')
  const read = readNotice({ headers: notice.headers, rawBody }, { merchants, now: ports.now() })
  if (!read.ok) throw new Error(`a notice was ${read.reason}`)
  if (read.notice.kind !== 'paid') throw new Error('a notice was of a refund')
  const { answer } = await recordNotice(ports, read.notice)
  if (answer !== 'settled') throw new Error(`a payment was ${answer}`)
}

function argument(name: string): string | undefined {
  const at = process.argv.indexOf(name)
  return at < 0 ? undefined : process.argv[at + 1]
}

main().then(
  // Below its floor the benchmark has set the exit code.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
    process.exit(1)
  },
)

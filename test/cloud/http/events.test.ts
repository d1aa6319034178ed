import { answerHttp, type HttpEvent } from '../../../src/cloud/answer-http'
import type { LogEntry } from '../../../src/cloud/log'
import { engineName } from '../../support/databases'
import { aTown, type Town } from '../../support/town'

const NOTICE = { path: '/wechat-pay/notices', httpMethod: 'POST', headers: {}, body: '{}' }

describe(`an event of HTTP access on the ${engineName()} engine`, () => {
  let town: Town
  let log: LogEntry[]
  beforeAll(async () => {
    town = await aTown()
  })
  beforeEach(() => {
    log = []
  })
  afterAll(() => town.close())
  const send = (event: unknown, ports = town.ports) =>
    answerHttp(
      { ports, log: (entry) => log.push(entry), merchants: town.config.WECHAT_PAY_MERCHANTS },
      event as HttpEvent,
    )
  const { headers: _, ...withoutHeaders } = NOTICE

  it.each([
    ['without headers', withoutHeaders],
    ['with headers that are none', { ...NOTICE, headers: 'Wechatpay-Serial' }],
    ['with a header that is no text', { ...NOTICE, headers: { 'Wechatpay-Serial': ['1'] } }],
    ['without a path', { ...NOTICE, path: undefined }],
    ['with a body that is no text', { ...NOTICE, body: { resource: {} } }],
    ['of a timer', { Type: 'Timer', TriggerName: 'every-20-seconds' }],
    ['of nothing', undefined],
  ])('%s is refused, and the log says so', async (_, event) => {
    expect(await send(event)).toMatchObject({ statusCode: 400 })
    expect(log).toEqual([{ level: 'warn', event: 'http-malformed' }])
  })

  it('that is well formed but not signed is refused as such', async () => {
    expect(await send(NOTICE)).toMatchObject({ statusCode: 401 })
    expect(await send({ ...NOTICE, httpMethod: 'GET' })).toMatchObject({ statusCode: 404 })
  })

  it('that meets a fault of ours is answered so that WeChat repeats it, and logged with its id', async () => {
    const broken = {
      ...town.ports,
      now: () => {
        throw new Error('no clock')
      },
    }
    expect(await send(NOTICE, broken)).toMatchObject({
      statusCode: 500,
      body: JSON.stringify({ code: 'FAIL', message: 'try again' }),
    })
    expect(log).toMatchObject([{ level: 'error', errorId: expect.any(String) }])
  })
})

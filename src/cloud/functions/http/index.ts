import { answerHttp, type HttpEvent } from '../../answer-http'
import { start } from '../../start'

/** HTTP access: WeChat Pay's notices. */
const { config, ports, log } = start({ answerWithinMs: 9_000 })

export const main = (event: HttpEvent) =>
  answerHttp({ ports, log, merchants: config.WECHAT_PAY_MERCHANTS }, event)

import { readWeChatContext } from '../../config'
import { dispatch } from '../../dispatcher'
import { start } from '../../start'
import { callerFrom } from '../../wechat/identity'

/** callFunction: one dispatcher over the contract. */
const { config, ports, log } = start({ answerWithinMs: 9_000 })

export const main = (event: unknown) =>
  dispatch({ ports, log }, callerFrom(readWeChatContext(), config.WECHAT_APP_ID), event)

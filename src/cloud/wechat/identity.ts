/** What the platform's context says of the caller; names are WeChat CloudBase's. */
export type WeChatContext = {
  OPENID?: string | undefined
  APPID?: string | undefined
  CLIENTIP?: string | undefined
}

/**
 * The caller, from the platform's context alone: undefined when there is no openid or it belongs to
 * another mini-program. An openid inside the event's data is never looked at.
 */
export function callerFrom(
  context: WeChatContext,
  appid: string,
): { openid: string; address?: string | undefined } | undefined {
  if (!context.OPENID || context.APPID !== appid) return undefined
  return { openid: context.OPENID, address: context.CLIENTIP }
}

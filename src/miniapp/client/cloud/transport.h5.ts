import Taro from '@tarojs/taro'
import type { CallEvent } from '../../../contract/call'

const LEAST_SERVER_FAULT = 500

/**
 * Takes an event to the address that this page came from. Who is calling is the server's business:
 * it reads its own cookie, never the body.
 */
export async function send(event: CallEvent): Promise<unknown> {
  const answered = await Taro.request<unknown>({
    url: '/api',
    method: 'POST',
    data: event,
    header: { 'content-type': 'application/json' },
  })
  if (answered.statusCode >= LEAST_SERVER_FAULT) return undefined
  return answered.data
}

import Taro from '@tarojs/taro'
import type { CallEvent } from '../../../contract/call'

/** The one deployed function that answers every call of the phone. */
const FUNCTION_NAME = 'api'

/**
 * Takes an event to the cloud function `api` and gives what it answered. The platform adds who is
 * calling. Rejects when nothing came back (see `network-fault`). `transport.h5` is its twin.
 */
export async function send(event: CallEvent): Promise<unknown> {
  const answered = await Taro.cloud.callFunction({ name: FUNCTION_NAME, data: event })
  return answered.result
}

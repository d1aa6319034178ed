import Taro from '@tarojs/taro'

/** Bytes from the platform's own generator. `random-bytes.h5` is its twin. */
export async function randomBytes(length: number): Promise<Uint8Array> {
  const { randomValues } = await Taro.getRandomValues({ length })
  return new Uint8Array(randomValues)
}

/**
 * WeChat's JavaScript on a phone has no TextEncoder and TextDecoder, which the readers of CBOR and of
 * signatures make use of as soon as they are loaded: import this first. UTF-8 only, no options.
 */
class Utf8Encoder {
  encode(text = ''): Uint8Array {
    const escaped = encodeURIComponent(text).match(/%..|./g) ?? []
    return Uint8Array.from(escaped, (sign) =>
      sign.length === 1 ? sign.charCodeAt(0) : Number.parseInt(sign.slice(1), 16),
    )
  }
}

class Utf8Decoder {
  /** Throws where the bytes are no text. */
  decode(bytes: Uint8Array = new Uint8Array()): string {
    const hex = (byte: number) => `%${byte.toString(16).padStart(2, '0')}`
    return decodeURIComponent(Array.from(bytes, hex).join(''))
  }
}

const platform = globalThis as { TextEncoder?: unknown; TextDecoder?: unknown }
platform.TextEncoder ??= Utf8Encoder
platform.TextDecoder ??= Utf8Decoder

import Taro from '@tarojs/taro'

/** One value in the phone's storage; it outlives the mini-program's process. */
export type StoredValue<T> = {
  /** The value, or undefined when there is none. */
  read: () => T | undefined
  /** Throws when the phone's storage is full. */
  write: (value: T) => void
  drop: () => void
}

/**
 * Names a value in the phone's storage; nothing reaches the storage but through here. Of accounts and
 * their masked holders only kept replies tell (see `kept-reply`). A broken storage reads as empty.
 */
export function storedValue<T>(key: string): StoredValue<T> {
  const path = `wanjia/${key}`
  return {
    read: () => readOrNothing<T>(path),
    write: (value) => Taro.setStorageSync(path, value),
    drop: () => Taro.removeStorageSync(path),
  }
}

/** The platform answers '' for a key that it does not have. */
function readOrNothing<T>(path: string): T | undefined {
  try {
    const value: unknown = Taro.getStorageSync(path)
    return value === '' || value === undefined || value === null ? undefined : (value as T)
  } catch {
    return undefined
  }
}

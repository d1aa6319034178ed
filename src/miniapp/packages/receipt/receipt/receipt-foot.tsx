import Taro from '@tarojs/taro'
import { useState } from 'react'
import type { RECEIPT_WORDS } from '../../../client/words/receipt'
import { Button } from '../../../ui/button'
import { savePicture } from './keep-picture'
import type { Picture } from './receipt-picture'

type Words = (typeof RECEIPT_WORDS)['zh']

/** Saves the receipt to the album and says so; where that is not allowed, leads to the setting. */
export function ReceiptFoot({ picture, words }: { picture: () => Picture; words: Words }) {
  const [isBusy, setBusy] = useState(false)
  const save = async () => {
    setBusy(true)
    try {
      await savePicture(picture())
      await Taro.showToast({ title: words.saved, icon: 'success' })
    } catch (error) {
      if (!isGivenUp(error)) await offerSetting(words)
    } finally {
      setBusy(false)
    }
  }
  return <Button text={words.save} icon="save" busy={isBusy} onTap={() => void save()} />
}

/** The resident closed WeChat's own question, or declined the agreement that it asked for first. */
export function isGivenUp(error: unknown): boolean {
  const message = String((error as { errMsg?: string } | undefined)?.errMsg ?? error)
  return /cancel|privacy/.test(message)
}

async function offerSetting(words: Words): Promise<void> {
  const { confirm } = await Taro.showModal({
    title: words.notSaved,
    content: words.allowAlbum,
    confirmText: words.toSetting,
    cancelText: words.notNow,
  })
  if (confirm) await Taro.openSetting()
}

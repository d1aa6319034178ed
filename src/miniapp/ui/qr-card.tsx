import { Image, View } from '@tarojs/components'
import { qrImage } from './qr-image'

/** A receipt's code on white, also in the dark; `label` says what it is for. */
export function QrCard({ code, label }: { code: string; label: string }) {
  return (
    <View className="qr">
      <Image className="code" src={qrImage(code)} ariaLabel={label} />
    </View>
  )
}

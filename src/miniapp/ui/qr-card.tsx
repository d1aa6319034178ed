import { Image, View } from '@tarojs/components'
import { qrImage } from './qr-image'

/** A receipt's code on white, also in the dark; `label` says what it is for. */
export function QrCard({ code, label }: { code: string; label: string }) {
  return (
    <View className="qr" ariaRole="img" ariaLabel={label}>
      <Image className="code" src={qrImage(code)} />
    </View>
  )
}

import { View } from '@tarojs/components'

/** A drawing in the colour of the text; decoration, so readers skip it. */
export function Icon({
  name,
  small,
  className,
}: {
  name: string
  small?: boolean
  className?: string
}) {
  const classes = ['ic', `ic-${name}`, small === true ? 'ic-small' : '', className ?? '']
  return <View className={classes.filter(Boolean).join(' ')} />
}

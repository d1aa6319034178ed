import { View } from '@tarojs/components'
import { Icon } from './icon'

export type TrailStepView = {
  key: string
  /** done: a fact; waiting: on its way; late: later than normal; next: later; refused. */
  state: 'done' | 'waiting' | 'late' | 'next' | 'refused'
  what: string
  time?: string
  /** What happens next, by when. */
  note?: string
}

const CLASS = { done: 'ok', waiting: 'wt', late: 'lt', next: 'nx', refused: 'lt' }
const SHAPE = { done: 'done', waiting: 'wait', late: 'late', next: 'later', refused: 'refund' }

/** The money trail: dated facts, then what is awaited. */
export function Trail({ steps }: { steps: readonly TrailStepView[] }) {
  return (
    <View className="trail">
      {steps.map((step) => (
        <View key={step.key} className={`step ${CLASS[step.state]}`}>
          <Icon name={SHAPE[step.state]} />
          <View>
            <View className="f">
              <View className="b what">{step.what}</View>
              {step.time === undefined ? null : <View className="tm">{step.time}</View>}
            </View>
            {step.note === undefined ? null : <View className="sub">{step.note}</View>}
          </View>
        </View>
      ))}
    </View>
  )
}

import { View } from '@tarojs/components'
import { useState } from 'react'
import { useWords } from '../../client/i18n/use-words'
import { choices, choose } from '../../client/modes/choices'
import { useModes } from '../../client/modes/use-modes'
import { ME_WORDS } from '../../client/words/me'
import { Cell } from '../../ui/cell'
import { Segment } from '../../ui/segment'
import { SwitchCell } from '../../ui/switch-cell'

/** Care mode, language and theme; what is chosen shows at once on every open page. */
export function ReadingAids() {
  const { isCare } = useModes()
  const words = useWords(ME_WORDS)
  const [open, setOpen] = useState<'language' | 'theme'>()
  const { language, theme } = choices()
  const turn = (which: 'language' | 'theme') => () => setOpen(open === which ? undefined : which)
  return (
    <View className="card flush">
      <SwitchCell
        icon="care"
        title={words.care}
        note={words.careNote}
        on={isCare}
        onTurn={(on) => choose({ care: on ? 'on' : 'off' })}
      />
      <Cell
        icon="globe"
        title={words.language}
        value={words.languages[language]}
        onTap={turn('language')}
      />
      {open === 'language' ? (
        <View className="inset">
          <Segment
            options={(['follow', 'zh', 'en'] as const).map((value) => ({
              value,
              text: words.languages[value],
            }))}
            chosen={language}
            onChoose={(value) => choose({ language: value })}
          />
        </View>
      ) : null}
      <Cell icon="moon" title={words.theme} value={words.themes[theme]} onTap={turn('theme')} />
      {open === 'theme' ? (
        <View className="inset">
          <Segment
            options={(['follow', 'light', 'dark'] as const).map((value) => ({
              value,
              text: words.themes[value],
            }))}
            chosen={theme}
            onChoose={(value) => choose({ theme: value })}
          />
        </View>
      ) : null}
    </View>
  )
}

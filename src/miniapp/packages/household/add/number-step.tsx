import { View } from '@tarojs/components'
import { type MutableRefObject, useEffect, useState } from 'react'
import { checkAccountNumber } from '../../../../core/account-number'
import { groupDigits } from '../../../../core/masking'
import { useWords } from '../../../client/i18n/use-words'
import { useModes } from '../../../client/modes/use-modes'
import { scanText } from '../../../client/scan/scan-text'
import { ADD_WORDS } from '../../../client/words/add'
import { Button } from '../../../ui/button'
import { Link } from '../../../ui/link'
import { Notice } from '../../../ui/notice'
import { NumberField } from '../../../ui/number-field'
import { PaperBill } from './paper-bill'
import { scannedNumber } from './scanned-number'
import { isRightNumber, type UsedAddAccount } from './use-add-account'

/**
 * The account number, checked by the biller's own rule while one types. Who came to scan a paper bill
 * finds the scanner open, once.
 */
export function NumberStep({
  add,
  scanFirst,
}: {
  add: UsedAddAccount
  scanFirst: MutableRefObject<boolean>
}) {
  const { language } = useModes()
  const words = useWords(ADD_WORDS)
  const { scan, scannedNothing } = useScan(add, scanFirst)
  if (add.chosen === undefined) return null
  const { biller, city } = add.chosen
  const { rule, caption, example } = biller.accountNumber
  const checked = checkAccountNumber(rule, add.number)
  const flaw = checked.ok || checked.reason === 'empty' ? undefined : checked.reason
  const isBroken = flaw !== undefined && flaw !== 'too-short' && flaw !== 'letter-missing'
  return (
    <>
      <View className="spread">
        <View className="sub">{`${city[language]} · ${biller.names[language]}`}</View>
        <Link text={words.otherBiller} onTap={() => add.goTo('biller')} />
      </View>
      <View className="ttl">{words.whichNumber}</View>
      <NumberField
        value={add.number}
        label={words.numberLabel}
        state={checked.ok ? 'right' : isBroken ? 'broken' : 'typing'}
        hint={flaw === undefined ? caption[language] : `${words.flaws[flaw]}${caption[language]}`}
        onType={add.typeNumber}
        onScan={{ label: words.scan, tap: () => void scan() }}
      />
      {scannedNothing ? <Notice kind="soon" text={words.scannedNothing} /> : null}
      <PaperBill
        biller={biller.names[language]}
        service={words.paperBill(words.services[biller.service])}
        number={groupDigits(example)}
        words={words}
      />
    </>
  )
}

/** Types the number of a scanned paper bill, or says that there was none. */
function useScan(add: UsedAddAccount, scanFirst: MutableRefObject<boolean>) {
  const [scannedNothing, setScannedNothing] = useState(false)
  const rule = add.chosen?.biller.accountNumber.rule
  const scan = async () => {
    const text = await scanText()
    if (text === undefined || rule === undefined) return
    const number = scannedNumber(rule, text)
    setScannedNothing(number === undefined)
    if (number !== undefined) add.typeNumber(number)
  }
  useEffect(() => {
    if (!scanFirst.current) return
    scanFirst.current = false
    void scan()
  })
  return { scan, scannedNothing }
}

/** On to the challenge, once the number keeps the rule. */
export function NumberFoot({ add }: { add: UsedAddAccount }) {
  const words = useWords(ADD_WORDS)
  return (
    <Button
      text={words.next}
      off={!isRightNumber(add.chosen, add.number)}
      onTap={() => add.goTo('answer')}
    />
  )
}

import { createVerify } from 'node:crypto'
import { type SimulatedOrder, totalOf } from './orders'
import type { Shop } from './shop'

export type SheetParameters = {
  appId: string
  timeStamp: string
  nonceStr: string
  package: string
  signType: string
  paySign: string
  openid: string
}
export type SheetOutcome = 'paid' | 'cancel' | 'wrong-password' | 'insufficient'

/**
 * What WeChat's client does with wx.requestPayment before the sheet opens: the signature is checked
 * with the merchant's key, the prepay id must be alive and belong to this payer. Gives the prepay
 * id, or the reason that the client reports.
 */
export function openSheet(
  shop: Shop,
  parameters: SheetParameters,
): { prepayId: string } | { fail: string } {
  const prepayId = /^prepay_id=(.+)$/.exec(parameters.package)?.[1]
  const order = prepayId === undefined ? undefined : shop.byPrepayId(prepayId)
  if (prepayId === undefined || order === undefined) return { fail: 'prepay_id is unknown' }
  const { appId, timeStamp, nonceStr, paySign, signType } = parameters
  const message = `${appId}\n${timeStamp}\n${nonceStr}\n${parameters.package}\n`
  const holds =
    signType === 'RSA' &&
    appId === order.merchant.appid &&
    createVerify('RSA-SHA256')
      .update(message)
      .verify(order.merchant.publicKeyPem, paySign, 'base64')
  if (!holds) return { fail: 'paySign does not hold' }
  if (order.openid !== parameters.openid) return { fail: 'another payer' }
  if (shop.all().find((one) => one === order)?.state !== 'NOTPAY')
    return { fail: 'the order is over' }
  return { prepayId }
}

/** The payer's tap on the sheet, and what came of it: an order that is over is paid by nobody. */
export function finishSheet(
  shop: Shop,
  prepayId: string,
  outcome: SheetOutcome,
): SheetOutcome | 'over' {
  const order = shop.byPrepayId(prepayId)
  if (order === undefined) return 'over'
  order.paying = false
  if (outcome !== 'paid') return outcome
  if (order.state !== 'NOTPAY') return 'over'
  shop.pay(order)
  return 'paid'
}

const WORDS = {
  zh: {
    title: '微信支付',
    to: '付款给',
    pay: '立即支付',
    cancel: '取消',
    wrong: '密码输错',
    poor: '余额不足',
    note: '模拟的支付页，不会动真钱',
    over: '这笔已结束',
  },
  en: {
    title: 'WeChat Pay',
    to: 'Pay to',
    pay: 'Pay now',
    cancel: 'Cancel',
    wrong: 'Wrong password',
    poor: 'Not enough money',
    note: 'A simulated sheet; no real money moves',
    over: 'This order is over',
  },
}

/** The sheet as a page of a phone's width; it tells its opener what was tapped. */
export function sheetPage(
  order: SimulatedOrder | undefined,
  prepayId: string,
  language: 'zh' | 'en',
): string {
  const words = WORDS[language]
  const yuan = order === undefined ? '' : (totalOf(order) / 100).toFixed(2)
  const payee = order === undefined ? words.over : escaped(order.description)
  const button = (outcome: SheetOutcome, text: string, look: string) =>
    `<button class="${look}" data-outcome="${outcome}">${text}</button>`
  return `<!doctype html><html lang="${language}"><meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1"><title>${words.title}</title>
<style>
body{margin:0;font:17px/24px -apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif;background:#ededed;color:#171a18}
main{background:#fff;border-radius:12px 12px 0 0;padding:24px 16px 32px;text-align:center}
h1{font-size:17px;margin:0 0 16px}.amount{font-size:44px;line-height:52px;font-weight:700;font-variant-numeric:tabular-nums}
.payee{color:#555b58;margin:8px 0 24px;overflow-wrap:anywhere}
button{display:block;width:100%;min-height:52px;margin-top:12px;border:0;border-radius:8px;font:inherit;background:#f2f3f2;color:#171a18}
.pay{background:#067d3e;color:#fff;font-weight:600}small{display:block;margin-top:16px;color:#555b58;font-size:14px}
@media (prefers-color-scheme:dark){body{background:#101211;color:#e6e9e7}main{background:#1b1e1c}button{background:#252927;color:#e6e9e7}.payee,small{color:#aab0ad}}
</style>
<main><h1>${words.title}</h1><div class="amount">¥${yuan}</div><div class="payee">${words.to} ${payee}</div>
${button('paid', words.pay, 'pay')}${button('cancel', words.cancel, '')}
${button('wrong-password', words.wrong, '')}${button('insufficient', words.poor, '')}
<small>${words.note}</small></main>
<script>
document.querySelectorAll('button').forEach(function(b){b.onclick=async function(){
document.querySelectorAll('button').forEach(function(o){o.disabled=true});
var answer=await fetch(location.pathname,{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({outcome:b.dataset.outcome})});
var outcome=(await answer.json()).outcome;
(window.opener||window.parent).postMessage({type:'wechat-pay-sheet',prepayId:${JSON.stringify(prepayId)},outcome:outcome},'*')}})
</script></html>`
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
}

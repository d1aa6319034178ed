import { errors } from './wechat-error'

/** What a documented field looks like; fields that are not documented are refused. */
export type Rule =
  | { kind: 'text'; max: number; min?: number; pattern?: RegExp; optional?: true }
  | { kind: 'whole'; min: number; max: number; optional?: true }
  | { kind: 'is'; value: string }
  | { kind: 'object'; fields: Rules; optional?: true }
  | { kind: 'list'; fields: Rules; min: number; max: number }
export type Rules = Readonly<Record<string, Rule>>

const number: Rule = { kind: 'text', min: 6, max: 32, pattern: /^[0-9A-Za-z_\-|*]+$/ }
const merchant: Rule = { kind: 'text', max: 32, pattern: /^\d+$/ }
const app: Rule = { kind: 'text', max: 32 }
const description: Rule = { kind: 'text', min: 1, max: 127 }
const time: Rule = {
  kind: 'text',
  max: 32,
  pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/,
  optional: true,
}
/** https in the field; plain http on loopback only, which is where this simulator lives. */
const address: Rule = {
  kind: 'text',
  max: 255,
  pattern: /^(https:\/\/|http:\/\/127\.0\.0\.1[:/])[^?]+$/,
}
const openid: Rule = { kind: 'text', min: 1, max: 128 }
const amount = (field: string): Rule => ({
  kind: 'object',
  fields: {
    [field]: { kind: 'whole', min: 1, max: 1_000_000_000 },
    currency: { kind: 'is', value: 'CNY' },
  },
})
const attach: Rule = { kind: 'text', min: 1, max: 128 }

export const DIRECT_ORDER: Rules = {
  appid: app,
  mchid: merchant,
  description,
  out_trade_no: number,
  time_expire: time,
  attach: { ...attach, optional: true },
  notify_url: address,
  amount: amount('total'),
  payer: { kind: 'object', fields: { openid } },
}

export const PARTNER_ORDER: Rules = {
  sp_appid: app,
  sp_mchid: merchant,
  sub_mchid: merchant,
  description,
  out_trade_no: number,
  time_expire: time,
  attach: { ...attach, optional: true },
  notify_url: address,
  amount: amount('total'),
  payer: { kind: 'object', fields: { sp_openid: openid } },
}

export const COMBINED_ORDER: Rules = {
  combine_appid: app,
  combine_mchid: merchant,
  combine_out_trade_no: number,
  time_expire: time,
  notify_url: address,
  combine_payer_info: { kind: 'object', fields: { openid } },
  sub_orders: {
    kind: 'list',
    min: 2,
    max: 50,
    fields: {
      mchid: merchant,
      sub_mchid: { ...merchant, optional: true },
      out_trade_no: number,
      attach,
      description,
      amount: amount('total_amount'),
    },
  },
}

export const REFUND: Rules = {
  sub_mchid: { ...merchant, optional: true },
  transaction_id: { kind: 'text', max: 32, pattern: /^\d+$/ },
  out_refund_no: { kind: 'text', min: 1, max: 64, pattern: /^[0-9A-Za-z_\-|*@]+$/ },
  reason: { kind: 'text', max: 80, optional: true },
  notify_url: { ...address, optional: true },
  amount: {
    kind: 'object',
    fields: {
      refund: { kind: 'whole', min: 1, max: 1_000_000_000 },
      total: { kind: 'whole', min: 1, max: 1_000_000_000 },
      currency: { kind: 'is', value: 'CNY' },
    },
  },
}

export const DIRECT_CLOSE: Rules = { mchid: merchant }
export const PARTNER_CLOSE: Rules = { sp_mchid: merchant, sub_mchid: merchant }
export const COMBINED_CLOSE: Rules = {
  combine_appid: app,
  sub_orders: {
    kind: 'list',
    min: 2,
    max: 50,
    fields: { mchid: merchant, sub_mchid: { ...merchant, optional: true }, out_trade_no: number },
  },
}

/** Throws PARAM_ERROR for the first field that is missing, of another shape, or not documented. */
export function checkFields(value: unknown, rules: Rules, where = ''): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw errors.parameter(`${where} is not an object`)
  const fields = value as Record<string, unknown>
  for (const name of Object.keys(fields))
    if (!Object.hasOwn(rules, name)) throw errors.extraField(where + name)
  for (const [name, rule] of Object.entries(rules)) checkField(fields[name], rule, where + name)
}

function checkField(value: unknown, rule: Rule, where: string): void {
  if (value === undefined) {
    if ('optional' in rule) return
    throw errors.parameter(`${where} is missing`)
  }
  switch (rule.kind) {
    case 'text':
      if (!isText(value, rule)) throw errors.parameter(`${where} has another form`)
      return
    case 'whole':
      if (
        !Number.isInteger(value) ||
        (value as number) < rule.min ||
        (value as number) > rule.max
      ) {
        throw errors.parameter(`${where} is out of range`)
      }
      return
    case 'is':
      if (value !== rule.value) throw errors.parameter(`${where} is not ${rule.value}`)
      return
    case 'object':
      checkFields(value, rule.fields, `${where}.`)
      return
    case 'list':
      checkList(value, rule, where)
  }
}

function checkList(
  value: unknown,
  rule: { fields: Rules; min: number; max: number },
  where: string,
): void {
  if (!Array.isArray(value) || value.length < rule.min || value.length > rule.max) {
    throw errors.parameter(`${where} has the wrong number of entries`)
  }
  for (const [index, entry] of value.entries())
    checkFields(entry, rule.fields, `${where}[${index}].`)
}

function isText(value: unknown, rule: { max: number; min?: number; pattern?: RegExp }): boolean {
  if (typeof value !== 'string') return false
  return (
    value.length >= (rule.min ?? 1) &&
    value.length <= rule.max &&
    (rule.pattern?.test(value) ?? true)
  )
}

/** An error as WeChat Pay answers it; the number is the tail of Request-ID. */
export class WeChatError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly tail: number,
  ) {
    super(message)
  }
}

export const errors = {
  parameter: (message: string) => new WeChatError(400, 'PARAM_ERROR', message, 268435461),
  extraField: (field: string) =>
    new WeChatError(400, 'PARAM_ERROR', `unknown field ${field}`, 270924358),
  signature: (message: string) => new WeChatError(401, 'SIGN_ERROR', message, 268443699),
  appNotBound: () =>
    new WeChatError(400, 'APPID_MCHID_NOT_MATCH', 'appid and mchid do not match', 268445527),
  noRelation: () => new WeChatError(403, 'NO_AUTH', 'no relation to the sub-merchant', 268443701),
  numberUsed: () =>
    new WeChatError(403, 'OUT_TRADE_NO_USED', 'the order number was used otherwise', 268498688),
  paid: () => new WeChatError(400, 'ORDERPAID', 'the order is paid', 268449538),
  closed: () => new WeChatError(400, 'ORDER_CLOSED', 'the order is closed', 268447914),
  absent: () => new WeChatError(404, 'ORDER_NOT_EXIST', 'there is no such order', 268512771),
  refundAbsent: () =>
    new WeChatError(404, 'RESOURCE_NOT_EXISTS', 'there is no such refund', 268512771),
  refundRefused: (message: string) => new WeChatError(400, 'INVALID_REQUEST', message, 268435464),
  balanceTooLow: () => new WeChatError(403, 'NOT_ENOUGH', 'the balance is too low', 268435465),
  payerAbnormal: () =>
    new WeChatError(403, 'USER_ACCOUNT_ABNORMAL', 'the account of the payer is closed', 268435466),
  refundForbidden: () => new WeChatError(403, 'NO_AUTH', 'no right to refund', 268443702),
  noStatement: () =>
    new WeChatError(400, 'NO_STATEMENT_EXIST', 'there was no trade on that day', 268451840),
  statementCreating: () =>
    new WeChatError(400, 'STATEMENT_CREATING', 'the file is being made', 268451841),
  frequency: () => new WeChatError(429, 'FREQUENCY_LIMITED', 'too many requests', 268447840),
  system: () => new WeChatError(500, 'SYSTEM_ERROR', 'system error', 268435470),
}

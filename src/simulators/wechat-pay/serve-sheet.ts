import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../read-body'
import {
  finishSheet,
  openSheet,
  type SheetOutcome,
  type SheetParameters,
  sheetPage,
} from './pay-sheet'
import type { Shop } from './shop'

/** Serves /sheet: opening it with signed parameters, its page, and the payer's tap. */
export async function serveSheet(
  shop: Shop,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const body = await readBody(request)
  if (url.pathname === '/sheet/open') {
    sendJson(response, openSheet(shop, JSON.parse(body) as SheetParameters))
    return
  }
  const prepayId = url.pathname.slice('/sheet/'.length)
  if (request.method === 'POST') {
    const { outcome } = JSON.parse(body) as { outcome: SheetOutcome }
    sendJson(response, { outcome: finishSheet(shop, prepayId, outcome) })
    return
  }
  const order = shop.byPrepayId(prepayId)
  const open = order?.state === 'NOTPAY' ? order : undefined
  if (open !== undefined) open.paying = true
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' })
  response.end(sheetPage(open, prepayId, url.searchParams.get('lang') === 'en' ? 'en' : 'zh'))
}

export function sendJson(response: ServerResponse, body: object | undefined): void {
  response.writeHead(body === undefined ? 404 : 200, { 'Content-Type': 'application/json' })
  response.end(JSON.stringify(body ?? {}))
}

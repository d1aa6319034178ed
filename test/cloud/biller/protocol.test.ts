import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { z } from 'zod'
import type { Posting } from '../../../src/cloud/billers/biller'
import { createHttpBiller } from '../../../src/cloud/billers/http-biller'
import {
  accountSchema,
  billsSchema,
  errorSchema,
  outcomeSchema,
  reversalSchema,
  statusSchema,
} from '../../../src/cloud/billers/protocol-schemas'
import { fen } from '../../../src/core/money'
import { aBill, aPosting, billerAtHand, OURS } from '../../support/biller-at-hand'
import { scriptedServer } from '../../support/scripted-server'
import { TODAY } from '../../support/town'

type Node = { [name: string]: unknown }
type Operation = { responses: Node; requestBody?: unknown }
const DOCUMENT = parse(
  readFileSync(join(__dirname, '../../../docs/biller-protocol.yaml'), 'utf8'),
) as Node & {
  servers: { url: string }[]
  paths: {
    [path: string]: { parameters: Node[]; get?: Operation; post?: Operation; put?: Operation }
  }
}

/** What a reference of the document stands for, all the way down. */
function resolved(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(resolved)
  if (typeof node !== 'object' || node === null) return node
  const { $ref, ...rest } = node as Node
  const named = typeof $ref === 'string' ? (resolved(at($ref)) as Node) : {}
  return {
    ...named,
    ...Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, resolved(value)])),
  }
}
const at = (reference: string): unknown =>
  reference
    .split('/')
    .slice(1)
    .reduce<unknown>((node, name) => (node as Node)[name], DOCUMENT)
const documented = (name: string) => resolved(at(`#/components/schemas/${name}`)) as Node

/** One way to write what both ways of writing a schema mean. */
function normal(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(normal)
  if (typeof node !== 'object' || node === null) return node
  const { $schema, description, additionalProperties, exclusiveMinimum, ...rest } = node as Node
  const schema: Node = { ...rest }
  if (exclusiveMinimum === 0) schema.minimum = 1
  if (Math.abs(Number(schema.minimum)) === Number.MAX_SAFE_INTEGER) delete schema.minimum
  if (Number(schema.maximum) === Number.MAX_SAFE_INTEGER) delete schema.maximum
  if ('const' in schema || 'enum' in schema) delete schema.type
  const { required } = schema
  if (Array.isArray(required)) schema.required = [...required].sort()
  return Object.fromEntries(Object.entries(schema).map(([name, value]) => [name, normal(value)]))
}

describe('the biller protocol as it is written and as it is spoken', () => {
  it.each([
    ['Account', accountSchema],
    ['Bills', billsSchema],
    ['Outcome', outcomeSchema],
    ['Status', statusSchema],
    ['ReversalOutcome', reversalSchema],
    ['Error', errorSchema],
  ])('%s has the same fields, needed ones, forms and words', (name, schema) => {
    const spoken = z.toJSONSchema(schema, { io: 'input' })
    expect(normal(spoken)).toEqual(normal(documented(name)))
  })

  it('every call goes to a path of the document, under the server’s own, signed as the document says', async () => {
    const server = await scriptedServer(() => 'hang-up')
    const { pathname } = new URL(DOCUMENT.servers[0]?.url ?? '')
    expect(pathname).toBe('/wanjia')
    const biller = createHttpBiller({
      billerId: 'b',
      baseUrl: `${server.url}${pathname}`,
      ourKey: OURS,
      billerKeys: {},
      now: () => TODAY,
    })
    const calls = [
      () => biller.findAccount('10/02'),
      () => biller.bills('10/02'),
      () => biller.post(aPosting()),
      () => biller.postingStatus('p-1'),
      () => biller.reverse({ reversalId: 'R/1', postingId: 'p-1', amount: fen(100) }),
      () =>
        biller.readPostings('2026-11-16', { line: () => undefined, pause: async () => undefined }),
    ]
    for (const call of calls) await expect(call()).rejects.toThrow('had no answer')
    await server.close()
    const asked = server.heard.map(({ method, path }) => [method, path.slice(pathname.length)])
    expect(asked).toEqual([
      ['GET', '/accounts/10%2F02'],
      ['GET', '/accounts/10%2F02/bills'],
      ['POST', '/postings'],
      ['GET', '/postings/p-1'],
      ['PUT', '/reversals/R%2F1'],
      ['GET', '/days/2026-11-16/postings'],
    ])
    const found = asked.map(([method = '', path = '']) =>
      Object.keys(DOCUMENT.paths).find((template) => {
        const operation = DOCUMENT.paths[template]?.[method.toLowerCase() as 'get' | 'post' | 'put']
        const pattern = new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`)
        return pattern.test(path) && operation !== undefined
      }),
    )
    expect(found).toEqual(Object.keys(DOCUMENT.paths))
    for (const { headers } of server.heard)
      for (const name of ['timestamp', 'nonce', 'key-id', 'signature'])
        expect(headers[`wanjia-${name}`]).toMatch(/./)
    const body = JSON.parse(server.heard[2]?.body ?? '') as Posting
    const { properties, required } = documented('Posting')
    expect(Object.keys(body).sort()).toEqual(Object.keys(properties as Node).sort())
    expect([...(required as string[])].sort()).toEqual(Object.keys(body).sort())
    for (const [name, schema] of Object.entries(properties as { [name: string]: Node }))
      expect([name, typeof body[name as keyof Posting]]).toEqual([
        name,
        schema.type === 'integer' ? 'number' : 'string',
      ])
  })

  it('every path asks for the four headers, answers with them, and says what unsigned ones get', () => {
    const names = ['Wanjia-Key-Id', 'Wanjia-Nonce', 'Wanjia-Signature', 'Wanjia-Timestamp']
    for (const [path, { parameters, get, post, put }] of Object.entries(DOCUMENT.paths)) {
      const asked = (resolved(parameters) as { name: string; in: string; required: boolean }[])
        .filter((one) => one.in === 'header' && one.required)
        .map((one) => one.name)
      expect(asked.sort()).toEqual(names)
      const responses = resolved((get ?? post ?? put)?.responses) as { [status: string]: Node }
      expect(Object.keys(responses)).toContain('401')
      for (const [status, { headers, content }] of Object.entries(responses)) {
        expect(Object.keys(headers as Node).sort()).toEqual(names)
        const isFile = status === '200' && path.startsWith('/days/')
        expect(Object.keys(content as Node)).toEqual([isFile ? 'text/csv' : 'application/json'])
      }
    }
  })

  describe('a biller', () => {
    let hand: Awaited<ReturnType<typeof billerAtHand>>
    beforeEach(async () => {
      hand = await billerAtHand()
    })
    afterEach(() => hand.close())

    it('that is simulated answers what the document says', async () => {
      const fits = (name: string, value: unknown) =>
        z.fromJSONSchema(documented(name) as never).parse(JSON.parse(JSON.stringify(value)))
      fits('Account', await hand.client.findAccount('100217'))
      fits('Bills', { bills: await hand.client.bills('100217') })
      fits('Status', await hand.client.postingStatus('p-1'))
      fits('Outcome', await hand.client.post(aPosting()))
      fits('Outcome', await hand.client.post(aPosting({ postingId: 'p-2' })))
      fits('Status', await hand.client.postingStatus('p-1'))
      expect(() => fits('Bills', { bills: [{ ...aBill(), principal: '1' }] })).toThrow()
    })

    it('whose bill does not add up has it shown to nobody', async () => {
      hand.simulator.setFaults({ wrongAmount: 1 })
      await expect(hand.client.bills('100217')).rejects.toThrow('unreadable answer')
      hand.simulator.setFaults({ wrongAmount: 0 })
      expect((await hand.client.bills('100217'))[0]?.principal).toBe(fen(2678))
    })
  })
})

import type { Manifest } from '../../../src/cloud/billers/manifest-schema'
import { dailyOwners, ownerOf } from '../../../src/cloud/use-cases/file-owners'
import type { Ports } from '../../../src/cloud/use-cases/ports'

const partner = (subMchid: string, feePerMillion?: number) => ({
  mode: 'partner',
  mchid: 'provider',
  subMchid,
  feePerMillion,
})
const direct = (mchid: string, feePerMillion?: number) => ({ mode: 'direct', mchid, feePerMillion })
/** A city of such billers. */
const portsOf = (...billers: { id: string; payee: object }[]) =>
  ({ billers: { all: () => billers as unknown as Manifest[] } }) as unknown as Ports

describe('who makes the files of a day', () => {
  it('is WeChat for a sub-merchant, without its fund flow, and the biller', () => {
    expect(dailyOwners(portsOf({ id: 'water', payee: partner('sub', 2_000) }))).toStrictEqual([
      {
        source: 'trade',
        ownerId: 'sub',
        payee: { mchid: 'provider', subMchid: 'sub' },
        feePerMillion: 2_000,
      },
      { source: 'postings', ownerId: 'water' },
    ])
  })

  it('is WeChat for a merchant of its own, with its fund flow, and the biller', () => {
    const of = { ownerId: 'own', payee: { mchid: 'own' }, feePerMillion: null }
    expect(dailyOwners(portsOf({ id: 'gas', payee: direct('own') }))).toStrictEqual([
      { source: 'trade', ...of },
      { source: 'fund-flow', ...of },
      { source: 'postings', ownerId: 'gas' },
    ])
  })

  it('is one for all billers that are paid through one merchant, and each biller for itself', () => {
    const files = dailyOwners(
      portsOf(
        { id: 'gas', payee: direct('own') },
        { id: 'water', payee: direct('own') },
        { id: 'power', payee: partner('sub') },
        { id: 'heat', payee: direct('other') },
      ),
    )
    expect(files.map(({ source, ownerId }) => `${source} ${ownerId}`).sort()).toEqual([
      'fund-flow other',
      'fund-flow own',
      'postings gas',
      'postings heat',
      'postings power',
      'postings water',
      'trade other',
      'trade own',
      'trade sub',
    ])
  })

  it('of a wanted file is found by who and what, and nobody once its biller is gone', () => {
    const ports = portsOf({ id: 'gas', payee: direct('own') }, { id: 'own', payee: partner('sub') })
    const found = (ownerId: string, source: 'trade' | 'fund-flow' | 'postings') =>
      ownerOf(ports, { ownerId, source })
    expect(found('own', 'fund-flow')).toMatchObject({ source: 'fund-flow', ownerId: 'own' })
    expect(found('own', 'postings')).toStrictEqual({ source: 'postings', ownerId: 'own' })
    expect(found('sub', 'trade')).toMatchObject({ payee: { subMchid: 'sub' } })
    expect(found('sub', 'fund-flow')).toBeUndefined()
    expect(found('gone', 'postings')).toBeUndefined()
  })
})

import type { PublicBiller } from '../../src/contract/list-billers'

/** What a phone knows of a biller. */
export function aBiller(overrides: Partial<PublicBiller> = {}): PublicBiller {
  return {
    id: 'shenjiang-water',
    names: { zh: '申江水务', en: 'Shenjiang Water' },
    legalName: '申江水务有限公司',
    cityId: 'shencheng',
    service: 'water',
    billing: 'postpaid',
    accountNumber: {
      rule: { digits: 9, letterSuffix: true },
      example: '310407216A',
      caption: {
        zh: '10 位，最后一位是字母。少了字母会找到别人家。',
        en: "10 characters, the last one a letter. Without the letter it is a neighbour's.",
      },
    },
    challenge: 'name-last-character',
    closedWindows: [],
    usualMinutes: 2,
    automaticPayment: true,
    invoice: false,
    hotline: '021-5550-1001',
    hours: { zh: '每天 8:00 到 20:00', en: 'Daily 8:00 to 20:00' },
    counter: { zh: '申江水务营业厅', en: 'Shenjiang Water service hall' },
    ...overrides,
  }
}

import { answerMatches, type ChallengeKind } from '../../src/core/challenge'

const NAME = '张晓华'
const ADDRESS = '愚园路８８弄12号1202室'

describe('an answer to a biller’s question', () => {
  test.each<[ChallengeKind, string, string, boolean]>([
    ['name-last-character', NAME, '华', true],
    ['name-last-character', NAME, ' 华　', true],
    ['name-last-character', '王𠮷', '𠮷', true],
    ['name-last-character', 'Ａnn', 'n', true],
    ['name-last-character', 'Li Ｂ', 'B', true],
    ['name-last-character', NAME, '晓', false],
    ['name-last-character', NAME, '晓华', false],
    ['name-last-character', '', '华', false],
    ['address-part', ADDRESS, '1202', true],
    ['address-part', ADDRESS, '１２０２室', true],
    ['address-part', ADDRESS, '88弄12号1202', true],
    ['address-part', ADDRESS, '88-12-1202', true],
    ['address-part', ADDRESS, '88', false],
    ['address-part', ADDRESS, '12', false],
    ['address-part', ADDRESS, '12021', false],
    ['address-part', ADDRESS, '881 2', false],
    ['address-part', ADDRESS, '愚园路', false],
    ['address-part', '柳镇8号', '8', true],
    ['address-part', '柳镇', '8', false],
    ['address-part', '柳镇', '镇', false],
    ['last-amount', '24565', '245.65', true],
    ['last-amount', '24565', '¥245.65元', true],
    ['last-amount', '124565', '1,245.65', true],
    ['last-amount', '24565', '２４５．６５', true],
    ['last-amount', '24565', '245.66', false],
    ['last-amount', '24565', '245.655', false],
    ['last-amount', '0', '0', true],
    ['last-amount', 'null', 'x', false],
  ])('%s of "%s": "%s" is right: %j', (kind, expected, answer, right) => {
    expect(answerMatches(kind, expected, answer)).toBe(right)
  })

  test.each<[ChallengeKind, string]>([
    ['name-last-character', ''],
    ['name-last-character', NAME],
    ['address-part', ADDRESS],
    ['address-part', ''],
    ['last-amount', '0'],
  ])('%s of "%s": nothing but spaces is wrong', (kind, expected) => {
    expect(answerMatches(kind, expected, '')).toBe(false)
    expect(answerMatches(kind, expected, ' 　')).toBe(false)
  })
})

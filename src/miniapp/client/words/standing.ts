import { counted } from './counted'

const zh = {
  late: (days: number) => `已逾期 ${days} 天`,
  left: (days: number) => (days === 0 ? '今天到期' : `还有 ${days} 天`),
  paying: (who: string, until: string) => `${who} 正在支付，${until} 前有效`,
  mine: (until: string) => `您有一笔没付完，${until} 前可以接着付`,
  relative: '另一位家人',
  unposted: '已付，等销账',
  slow: '等销账，比平时慢',
  posted: '已销账',
  rejected: '没收下，等退款',
  duplicate: '付重了，等退款',
  'paid-elsewhere': '在别处付了',
  void: '已作废',
  /** What an amount beside it is. */
  amount: {
    due: '应缴',
    paying: '应缴',
    unposted: '不用再付',
    posted: '不用再付',
    rejected: '先不要再付',
    'paid-elsewhere': '不用再付',
    void: '不用付',
  },
}

const en: typeof zh = {
  late: (days) => `${counted(days, 'day')} late`,
  left: (days) => (days === 0 ? 'Due today' : `${counted(days, 'day')} left`),
  paying: (who, until) => `${who} is paying, until ${until}`,
  mine: (until) => `A payment of yours is open; continue until ${until}`,
  relative: 'Another family member',
  unposted: 'Paid, being credited',
  slow: 'Being credited, slower than usual',
  posted: 'Credited',
  rejected: 'Not accepted, refund to come',
  duplicate: 'Paid twice, refund to come',
  'paid-elsewhere': 'Paid elsewhere',
  void: 'Void',
  amount: {
    due: 'due',
    paying: 'due',
    unposted: 'nothing more to pay',
    posted: 'nothing more to pay',
    rejected: 'do not pay now',
    'paid-elsewhere': 'nothing more to pay',
    void: 'nothing to pay',
  },
}

/** How a bill stands, in a word or two. */
export const STANDING_WORDS = { zh, en }

const zh = {
  late: (days: number) => `已逾期 ${days} 天`,
  left: (days: number) => (days === 0 ? '今天到期' : `还有 ${days} 天`),
  paying: (who: string, until: string) => `${who}在付，${until} 前有效`,
  mine: (until: string) => `您在付，${until} 前有效`,
  relative: '家人',
  unposted: '已付，等销账',
  slow: '等销账，比平时慢',
  posted: '已销账',
  rejected: '没收下，等退款',
  'paid-elsewhere': '在别处付了',
  void: '已作废',
}

const en: typeof zh = {
  late: (days) => `${days} days late`,
  left: (days) => (days === 0 ? 'Due today' : `${days} days left`),
  paying: (who, until) => `${who} is paying, until ${until}`,
  mine: (until) => `You are paying, until ${until}`,
  relative: 'A relative',
  unposted: 'Paid, being credited',
  slow: 'Slower than usual',
  posted: 'Credited',
  rejected: 'Not accepted, refund to come',
  'paid-elsewhere': 'Paid elsewhere',
  void: 'Void',
}

/** How a bill stands, in a word or two. */
export const STANDING_WORDS = { zh, en }

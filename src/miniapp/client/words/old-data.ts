const zh = {
  offline: (at: string) => `没有网络。下面是 ${at} 的数据。`,
  failed: (at: string) => `服务器没有回复。下面是 ${at} 的数据。`,
  noPaying: '现在不能付款。',
  again: '点这里再试一次。',
  errorId: (id: string) => `编号 ${id}`,
}

const en: typeof zh = {
  offline: (at) => `No network. Data of ${at}. `,
  failed: (at) => `The server did not answer. Data of ${at}. `,
  noPaying: 'You cannot pay now. ',
  again: 'Tap to try again. ',
  errorId: (id) => `Id ${id}`,
}

/** What stands above data that could not be refreshed; `at` is when it was true. */
export const OLD_DATA_WORDS = { zh, en }

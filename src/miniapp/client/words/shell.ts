const zh = {
  tabs: ['首页', '账单', '我'],
  loading: '正在取数据',
  retry: '再试一次',
  copyErrorId: (id: string) => `编号 ${id}，点一下复制`,
  consentTitle: '用之前，请看一眼',
  consentText: (version: string) =>
    `查户号和付款要用到您的微信身份、户号和缴费记录。写明在这两份文件里（${version} 版）。不同意也可以先看看。`,
  agreement: '用户协议',
  privacy: '隐私政策',
  agree: '同意',
  decline: '先不同意',
  services: { water: '水', electricity: '电', gas: '燃气' },
  units: { m3: 'm³', kWh: '度' },
  tier: (tier: number) => `第${'一二三四五'[tier - 1] ?? tier}档`,
}

const en: typeof zh = {
  tabs: ['Home', 'Bills', 'Me'],
  loading: 'Getting the data',
  retry: 'Try again',
  copyErrorId: (id) => `Id ${id}, tap to copy`,
  consentTitle: 'Before you start',
  consentText: (version) =>
    `Looking up accounts and paying uses your WeChat identity, your account numbers and your payments, as these two documents say (version ${version}). You may look around without agreeing.`,
  agreement: 'User agreement',
  privacy: 'Privacy policy',
  agree: 'Agree',
  decline: 'Not now',
  services: { water: 'Water', electricity: 'Power', gas: 'Gas' },
  units: { m3: 'm³', kWh: 'kWh' },
  tier: (tier) => `Step ${tier}`,
}

/** Words that more than one page says. */
export const SHELL_WORDS = { zh, en }

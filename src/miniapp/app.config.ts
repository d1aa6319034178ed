export default defineAppConfig({
  pages: ['pages/home/index', 'pages/bills/index', 'pages/me/index'],
  subPackages: [
    { root: 'packages/household', pages: ['add/index', 'account/index'] },
    { root: 'packages/bill', pages: ['bill/index'] },
    { root: 'packages/pay', pages: ['pay/index', 'result/index'] },
    { root: 'packages/receipt', pages: ['receipts/index', 'receipt/index'] },
    { root: 'packages/help', pages: ['help/index', 'agreement/index', 'privacy/index'] },
    { root: 'packages/clerk', pages: ['check/index', 'eight/index'] },
  ],
  window: {
    navigationBarTitleText: '万家',
    navigationBarBackgroundColor: '@navBackground',
    navigationBarTextStyle: '@navText' as 'black',
    backgroundColor: '@background',
    backgroundTextStyle: '@pull' as 'dark',
  },
  tabBar: {
    color: '@tabText',
    selectedColor: '@tabSelected',
    backgroundColor: '@tabBackground',
    borderStyle: '@tabBorder' as 'black',
    list: [
      {
        pagePath: 'pages/home/index',
        text: '首页',
        iconPath: 'assets/tab/home.png',
        selectedIconPath: 'assets/tab/home-on.png',
      },
      {
        pagePath: 'pages/bills/index',
        text: '账单',
        iconPath: 'assets/tab/bills.png',
        selectedIconPath: 'assets/tab/bills-on.png',
      },
      {
        pagePath: 'pages/me/index',
        text: '我',
        iconPath: 'assets/tab/me.png',
        selectedIconPath: 'assets/tab/me-on.png',
      },
    ],
  },
  darkmode: true,
  themeLocation: 'theme.json',
  sitemapLocation: 'sitemap.json',
  lazyCodeLoading: 'requiredComponents',
  __usePrivacyCheck__: true,
})

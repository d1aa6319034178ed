export default definePageConfig({ navigationBarTitleText: '万家', enablePullDownRefresh: true })

export default definePageConfig({ navigationBarTitleText: '加户号' })

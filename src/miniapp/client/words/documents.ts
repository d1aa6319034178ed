/** User agreement and privacy policy: the text of the version that the build asks consent for. */
export type LegalText = {
  title: string
  version: (date: string) => string
  sections: { heading: string; text: string }[]
}

const agreementZh: LegalText = {
  title: '用户协议',
  version: (date) => `${date} 版`,
  sections: [
    {
      heading: '万家做什么',
      text: '帮您查水、电、燃气的账单，用微信支付缴费，给您一张柜员能核对的收据。账单和金额由收费单位定，万家不加价，不收手续费。',
    },
    {
      heading: '钱怎么走',
      text: '钱由微信支付收，直接进收费单位的商户号，不经过万家的账户。微信确认收款以后，万家记账，再通知收费单位销账。',
    },
    {
      heading: '付了没销账',
      text: '收费单位没有收下的钱，原路退回。还不确定的时候不退也不让再付，等确定的结果，免得您付两次。',
    },
    {
      heading: '您要做的',
      text: '只加您自己的，或家人同意您管的户号。第一次给一个户号付款，看清户主和地址。',
    },
    {
      heading: '不想用了',
      text: '随时可以解绑户号、不再使用。已经付的钱和收据照样有效。去柜台缴费永远可以。',
    },
  ],
}

const agreementEn: LegalText = {
  title: 'User agreement',
  version: (date) => `Version of ${date}`,
  sections: [
    {
      heading: 'What Wanjia does',
      text: 'It shows your water, power and gas bills, lets you pay them with WeChat Pay, and gives you a receipt that a clerk can check. The companies set bills and amounts; Wanjia adds nothing and takes no fee.',
    },
    {
      heading: 'The way of the money',
      text: 'WeChat Pay takes the money straight to the merchant account of the company; it never passes through an account of Wanjia. Once WeChat confirms it, Wanjia records it and tells the company to credit it.',
    },
    {
      heading: 'Paid but not credited',
      text: 'Money that the company does not accept goes back to where it came from. While that is not known, it is neither refunded nor can the bill be paid again, so that you do not pay twice.',
    },
    {
      heading: 'Your part',
      text: 'Add only your own accounts, or those your family lets you look after. At the first payment to an account, look at holder and address.',
    },
    {
      heading: 'Leaving',
      text: 'You can unbind accounts and stop at any time. What was paid and its receipts stay valid. The counter is always open to you.',
    },
  ],
}

const privacyZh: LegalText = {
  title: '隐私政策',
  version: (date) => `${date} 版`,
  sections: [
    {
      heading: '用到什么',
      text: '您在本小程序里的微信身份（openid）、您加的户号和起的名字、缴费记录。扫码时用相机，只读码，不留照片。存收据时往相册里写，不读相册。点错误编号时把它写进剪切板，不读剪切板。不读通讯录，不读位置。',
    },
    {
      heading: '户主的信息',
      text: '户名、地址由收费单位提供，加密存放。答对问题之前不显示，之后也只显示遮住的样子。网上没有别的办法看到。',
    },
    {
      heading: '谁能看到',
      text: '您自己；一起管这个户号的家人只能看到账单和谁在付；收费单位的柜员核对收据时看到遮住的信息，每看一次都有记录。',
    },
    {
      heading: '给谁',
      text: '付款交给微信支付；销账交给那家收费单位。除此之外不给别人，不做广告。',
    },
    {
      heading: '存多久',
      text: '付款和收据按会计的规定保存。解绑的户号不再显示；手机里只留最近看过的数据，解绑户号或者删掉小程序就没有了。',
    },
    {
      heading: '您可以',
      text: '不同意也能看首页和帮助；同意以后可以解绑、改名。要查、要删，在「帮助」里找客服。',
    },
  ],
}

const privacyEn: LegalText = {
  title: 'Privacy policy',
  version: (date) => `Version of ${date}`,
  sections: [
    {
      heading: 'What is used',
      text: 'Your WeChat identity in this mini-program (openid), the accounts you add and the names you give them, and your payments. The camera reads codes and keeps no pictures. Saving a receipt writes to the album, copying an error id to the clipboard; neither is read. No contacts, no location.',
    },
    {
      heading: 'About the holder',
      text: 'Name and address come from the company and are stored encrypted. They are not shown before the question is answered, and masked afterwards.',
    },
    {
      heading: 'Who can see it',
      text: "You; relatives who share the account see its bills and who is paying; the company's clerks see masked data when they check a receipt, and every look is recorded.",
    },
    {
      heading: 'Who is told',
      text: 'WeChat Pay for the payment, and the company for the credit. Nobody else; no advertising.',
    },
    {
      heading: 'How long',
      text: 'Payments and receipts are kept as accounting rules ask. Unbound accounts are no longer shown; the phone keeps only what was seen last, until an account is unbound or the mini-program is deleted.',
    },
    {
      heading: 'Your choices',
      text: 'Without agreeing you can look at the home page and help; after agreeing you can unbind and rename. To see or delete your data, contact us under Help.',
    },
  ],
}

export const AGREEMENT = { zh: agreementZh, en: agreementEn }
export const PRIVACY = { zh: privacyZh, en: privacyEn }

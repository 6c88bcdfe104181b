import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: 'RFM 流失预警挽留',
  description:
    '跟随每位客户的 RFM 分层。高价值流失预警客户先收到一封个人化信件，五天内没有下单再发券；即将沉睡的只做轻提醒。期间下单的立即退出，同一人 60 天内不重复打扰。',
  why: '分层能在客户流失之前告诉您谁值得挽留，及时挽留的成本低于事后召回。',
  forWhom: '属性 rfm_segment 为 at-risk 或 about-to-sleep 的客户。请先在 数据 → 数据字典 中配置 RFM。',
  toSet: 'RFM 属性的名称（如与默认不同），以及第二封信的优惠码。',
  settings: {
    audience: { label: '哪些人正在流失' },
    recurrence: { label: '多久检查一次' },
    again: { label: '同一人再次触达的间隔' },
    valuable: { label: '哪些算高价值' },
    personal: { label: '个人化信件的主题' },
    voucher: { label: '优惠券信的主题' },
    light: { label: '轻提醒的主题' },
    patience: { label: '发券前等待下单的时长' },
  },
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  nodes: {
    start: '正在流失',
    valuable: '高价值？',
    personal: '个人化信件',
    back: '回来了吗？',
    voucher: '优惠券',
    light: '轻提醒',
  },
  waits: { ordered: '已下单' },
  exits: { back: '已回流', voucher: '已发券', light: '已提醒' },
  footer: '您曾在本店购物，因此收到这封邮件。',
  personal: {
    subject: '{% if profile.firstName %}{{ profile.firstName }}，{% endif %}最近还好吗？',
    preheader: '有一阵子没见到您了。',
    heading: '有一阵子没见到您了',
    paragraph:
      '您以前常来，我们想知道是不是哪里没做好。如果是，请直接回复这封邮件；如果不是，这些是您上次光临之后的新品。',
    button: '看看新品',
  },
  voucher: {
    subject: '送您一张八折券',
    preheader: '优惠码 COMEBACK，十天内有效。',
    heading: '八折，等您回来',
    paragraph: '我们不想失去您这位老顾客。下单时输入优惠码 COMEBACK 即享八折，十天内有效。',
    button: '立即使用',
  },
  light: {
    subject: '几样您可能喜欢的',
    preheader: '根据您以前的购买挑选。',
    heading: '几样您可能喜欢的',
    paragraph: '根据您以前的购买，挑了几样最近到货的商品。不着急，它们会在店里待一阵子。',
    button: '去看看',
  },
};

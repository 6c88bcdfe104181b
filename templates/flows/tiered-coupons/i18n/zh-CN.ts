import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '分层发券',
  description:
    '每月 1 日，给最近一年买过的客户按消费层级发券：高消费发大额券，中等发常规券，其余发小额券。每人打上标签便于后续跟进，另留一成对照组。',
  why: '一刀切发券，本来会买的人白拿了优惠，需要推一把的人又嫌少。',
  forWhom: '最近 365 天至少下过一单的客户，按 totalSpent 分层。',
  toSet: '两条分层线，以及信中的优惠码。',
  settings: {
    audience: { label: '给哪些人发券' },
    recurrence: { label: '执行时间' },
    tiers: { label: '层级', help: '自上而下，第一个符合的生效，其余归入最低一层。' },
    shares: { label: '发券组与对照组' },
    gold: { label: '高层级的邮件主题' },
    silver: { label: '中层级的邮件主题' },
    bronze: { label: '低层级的邮件主题' },
  },
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  variants: { voucher: '发券', none: '对照组' },
  nodes: {
    start: '最近一年买过',
    tier: '哪一层？',
    gold: '满 500 减 80',
    silver: '满 300 减 30',
    bronze: '满 100 减 5',
  },
  tiers: { gold: '高消费', silver: '中等消费' },
  exits: { sent: '已发券', none: '对照组，未发券' },
  footer: '您曾在本店购物，因此收到这封邮件。',
  gold: {
    subject: '老朋友专享：满 500 减 80',
    preheader: '优惠码 THANKYOU80，月底前有效。',
    heading: '谢谢您一直以来的支持',
    paragraph: '像您这样常来的顾客并不多。下单时输入优惠码 THANKYOU80，满 500 元立减 80 元，月底前有效。',
    button: '立即使用',
  },
  silver: {
    subject: '送您一张满 300 减 30',
    preheader: '优惠码 NEXT30，月底前有效。',
    heading: '满 300 减 30',
    paragraph: '感谢您的光顾。下单时输入优惠码 NEXT30，满 300 元立减 30 元，月底前有效。',
    button: '立即使用',
  },
  bronze: {
    subject: '一点小心意：满 100 减 5',
    preheader: '优惠码 FIVE，月底前有效。',
    heading: '一点小心意',
    paragraph: '下单时输入优惠码 FIVE，满 100 元立减 5 元，月底前有效。',
    button: '立即使用',
  },
};

import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '沉睡客户召回',
  description:
    '曾经下单、但 90 天没有再买的客户。两种内容互相比较，另留一成对照组看自然回流；三天后仍未下单的再提醒一次。',
  why: '召回老客的成本远低于拉新；对照组能看出有多少人本来就会回来。',
  forWhom: '至少下过一单、且最近 90 天没有再买的客户。',
  toSet: '店铺名称与网址、两种内容，以及多久未购算沉睡。',
  settings: {
    audience: { label: '哪些人算沉睡', help: '曾经下单，但最近 90 天没有再买。' },
    news: { label: '上新内容的邮件主题' },
    voucher: { label: '优惠券的邮件主题' },
    reminder: { label: '提醒的邮件主题' },
    wait: { label: '等待多久后提醒' },
  },
  currency: 'CNY',
  variants: { news: '上新内容', voucher: '优惠券', none: '对照组' },
  nodes: { audience: '90 天未下单', bought: '再次下单？', reminder: '提醒' },
  exits: { bought: '已再次下单', reminded: '已提醒，尚未下单', none: '对照组，未触达' },
  footer: '您曾在本店购物，因此收到这封邮件。',
  news: {
    subject: '好久不见，店里有了不少变化',
    preheader: '新品牌、次日达、退货更省心。',
    heading: '看看有什么新东西',
    paragraph: '您上次下单之后，我们上了新的品牌，配送提速到次日达，退货也不用再填单。',
    button: '进店逛逛',
  },
  voucher: {
    subject: '送您一张九折券',
    preheader: '七天内有效。',
    heading: '九折，算我们的',
    paragraph: '期待您再次光临：下单时输入优惠码 BACK10 即享九折，七天内有效。',
    button: '立即使用',
  },
  reminder: {
    subject: '还在犹豫吗？',
    preheader: '本周大家都在买。',
    heading: '本周大家都在买',
    paragraph: '如果还没有看到合适的，不妨看看本周的热销榜。',
    button: '查看热销榜',
  },
};

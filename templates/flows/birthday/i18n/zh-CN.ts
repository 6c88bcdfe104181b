import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '生日关怀',
  description: '生日前一周送出礼券，生日当天向还没使用的用户送上祝福。每年自动循环。',
  why: '生日祝福是一年里用户最不介意收到的消息，而它只需要一个日期。',
  forWhom: '有 birthday 属性的用户；年份不影响，2 月 29 日出生的在平年按 28 日计算。',
  toSet: '存放生日的属性，以及礼券的优惠码。',
  settings: {
    attribute: { label: '存放生日的属性' },
    lead: { label: '提前天数', help: '负数表示在生日之前。' },
    time: { label: '发送时间' },
    gift: { label: '礼券信的主题' },
    wish: { label: '祝福信的主题' },
    rest: { label: '从礼券到祝福的间隔', help: '与提前天数保持一致。' },
  },
  currency: 'CNY',
  nodes: { start: '生日前一周', gift: '生日礼券', used: '礼券用了吗？', wish: '生日祝福' },
  waits: { ordered: '已下单' },
  exits: { used: '已使用礼券', wished: '已送祝福' },
  footer: '您告诉过我们您的生日，因此收到这封邮件。',
  gift: {
    subject: '{% if profile.firstName %}{{ profile.firstName }}，{% endif %}您的生日礼物准备好了',
    preheader: '一年一次的日子。',
    heading: '送给您的日子',
    paragraph: '生日快到了，礼物先备好：下单时输入优惠码 MYDAY 立减 20 元，全场可用，两周内有效。',
    button: '挑一件礼物',
  },
  wish: {
    subject: '生日快乐',
    preheader: '全店上下祝您生日快乐。',
    heading: '生日快乐',
    paragraph: '愿您今天一切都好。您的礼券（优惠码 MYDAY）还在，一周内有效。',
    button: '查看我的礼券',
  },
};

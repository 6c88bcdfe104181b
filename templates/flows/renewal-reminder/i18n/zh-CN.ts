import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '到期续约提醒',
  description:
    '合约将在 30 天内到期的客户。先发到期提醒，留两周考虑；未续约的再发一次；两次都没有效果的打上标记，交由客服跟进。',
  why: '多数流失的合约，只是因为没有人及时提醒。',
  forWhom: '属性 expiresAt 落在未来 30 天内的客户。',
  toSet: '公司名称与网址，以及存放到期日的属性。',
  settings: {
    audience: { label: '哪些合约即将到期' },
    twoWeeks: { label: '多久后再次提醒' },
    oneWeek: { label: '再过多久转客服' },
    first: { label: '到期提醒的邮件主题' },
    second: { label: '再次提醒的邮件主题' },
  },
  currency: 'CNY',
  nodes: {
    audience: '30 天内到期',
    renewed: '已续约？',
    first: '到期提醒',
    second: '再次提醒',
    renewedLater: '再次提醒后续约？',
  },
  exits: { renewed: '已续约', handedOver: '转客服跟进' },
  footer: '您是我们的签约客户，因此收到这封邮件。',
  first: {
    subject: '您的合约将于 {{ profile.expiresAt | date: "%-m月%-d日" }}到期',
    preheader: '两分钟即可续约。',
    heading: '该续约了',
    paragraph: '您的合约将于 {{ profile.expiresAt | date: "%Y年%-m月%-d日" }}到期。现在续约，条款不变，服务不中断。',
    button: '两分钟完成续约',
  },
  second: {
    subject: '合约还要继续吗？',
    preheader: '不续约的话，服务即将到期。',
    heading: '即将到期',
    paragraph:
      '如不续约，您的合约将于 {{ profile.expiresAt | date: "%Y年%-m月%-d日" }}终止。如果现有方案不再合适，直接回复这封邮件，我们为您调整。',
    button: '继续我的合约',
  },
};

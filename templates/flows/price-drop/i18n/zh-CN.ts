import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '关注商品降价',
  description:
    '商品降价时，由商城推送关注该商品的用户；按用户当地时间在 9 点到 21 点之间发送，同一人同一商品每天至多一次，期间已购买的不再打扰。',
  why: '降价通知是用户最想收到的消息，但半夜发来、或买完才发来，也最惹人烦。',
  forWhom: '由商城推送、带有 product_id 的用户；只有最近 30 天浏览过商品的人才会进入。',
  toSet: '让商城向触发节点的接收地址推送；方案创建后可在该节点上看到地址。',
  settings: {
    audience: { label: '可以通知哪些人' },
    hours: { label: '允许发送的时段' },
    again: { label: '同一人再次通知的间隔' },
    subject: { label: '邮件主题' },
    perMinute: { label: '每分钟发送量', help: '热门商品降价时，避免流量把商城冲垮。' },
  },
  currency: 'CNY',
  nodes: { start: '商品降价', bought: '已经买了？', mail: '降价通知' },
  exits: { bought: '此前已购买', told: '已通知' },
  footer: '您浏览过这件商品，因此收到这封邮件。',
  mail: {
    subject: '您看过的商品降价了',
    preheader: '第一时间告诉您。',
    heading: '比您上次看时更便宜',
    paragraph: '您浏览过的一件商品刚刚降价，是 30 天内的最低价。这个价格能保持多久，我们也不知道。',
    button: '查看新价格',
  },
};

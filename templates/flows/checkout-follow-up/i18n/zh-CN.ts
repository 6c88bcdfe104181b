import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '结算未支付跟进',
  description:
    '用户每次发起结算即进入，等待这一笔订单的支付。一小时未支付提醒一次，次日早上最后提醒一次；支付后立即退出。同一用户的另一笔订单单独跟进。',
  why: '同一个人可能放下一单、付了另一单。按订单号区分，已经付款的订单就不会再被提醒。',
  forWhom: '上报 Checkout Started 的用户；结算与支付事件都带有 order_id。',
  toSet: '两个事件，以及存放订单号的属性名。',
  settings: {
    event: { label: '发起结算的事件' },
    key: { label: '存放订单号的属性', help: '两个事件都带有它，每个订单进入一次。' },
    patience: { label: '多久后首次提醒' },
    first: { label: '首次提醒的主题' },
    last: { label: '最后提醒的主题' },
    lastTime: { label: '最后提醒的时间' },
  },
  currency: 'CNY',
  nodes: {
    start: '发起结算',
    paid: '这一单支付了吗？',
    first: '首次提醒',
    paidLater: '次日支付了吗？',
    last: '最后提醒',
  },
  waits: { paid: '已支付' },
  exits: { paid: '已支付', given: '已提醒两次' },
  footer: '您在本店有一笔未完成的订单，因此收到这封邮件。',
  first: {
    subject: '您的订单只差最后一步',
    preheader: '信息已填好，只差支付。',
    heading: '只差最后一步',
    paragraph: '订单信息都已填好，只差支付，一分钟之内即可完成。',
    button: '完成支付',
  },
  last: {
    subject: '您的订单只保留到今晚',
    preheader: '今晚过后商品将重新开放销售。',
    heading: '只保留到今晚',
    paragraph: '商品从昨天起为您预留，今晚将重新开放销售。如果支付遇到问题，直接回复这封邮件，我们来处理。',
    button: '立即支付',
  },
};

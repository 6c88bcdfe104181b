import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '购物车未结算提醒',
  description: '最近一天加购但没有下单的用户。先等 4 小时，再发一次提醒；第二天仍未下单的再提醒一次，之后不再打扰。',
  why: '多数购物车被放下与商品无关，当天提醒找回的最多。',
  forWhom: '最近一天加购、之后没有下单的用户。需要逐单实时跟进时，请用“结算未支付跟进”。',
  toSet: '店铺名称与网址，以及多久后提醒。',
  settings: {
    audience: { label: '哪些人算放下购物车' },
    pause: { label: '多久后首次提醒' },
    nextDay: { label: '再过多久第二次提醒' },
    first: { label: '首次提醒的邮件主题' },
    second: { label: '最后提醒的邮件主题' },
  },
  currency: 'CNY',
  nodes: {
    audience: '今天加购未下单',
    stillOpen: '仍未下单？',
    first: '首次提醒',
    stillOpenNextDay: '第二天仍未下单？',
    second: '最后提醒',
  },
  exits: { ordered: '已下单', given: '已提醒两次' },
  footer: '您的购物车中还有商品，因此收到这封邮件。',
  first: {
    subject: '您的购物车还在',
    preheader: '商品都为您留着。',
    heading: '都为您留着呢',
    paragraph: '您加入购物车的商品还在，两步即可完成下单。',
    button: '回到购物车',
  },
  second: {
    subject: '购物车将于明天清空',
    preheader: '之后商品会重新上架。',
    heading: '还有最后一天',
    paragraph: '购物车为您保留到明天，之后商品会重新上架，供其他顾客选购。',
    button: '立即下单',
  },
};

import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '购物车未结算提醒',
  description: '最近一天加购但没有下单的用户。先等 4 小时，再发一次提醒；第二天仍未下单的再提醒一次，之后不再打扰。',
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

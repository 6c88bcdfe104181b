import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '今晚风控后分流：智能推荐对比人工选品',
  description:
    '在职男性，看过商品页但没有购买。今晚八点查询风险；通过的人分为两组：一组收到推荐服务选出的商品，另一组收到运营选定的商品，漏斗对比两组直到购买。',
  why: '一周之内就能知道推荐服务是否比人工选品赚得更多，同时不会把授信产品推给不该推的人。',
  forWhom: '在职男性（属性 gender、employment），最近七天看过商品且之后没有下单。',
  toSet: '风控与推荐两个服务（设置 → 服务），以及您选定的商品。',
  settings: {
    audience: { label: '面向哪些人' },
    time: { label: '查询与发送时间' },
    risk: { label: '风控服务', help: '返回 pass 才放行，其余一律不放行。' },
    recommender: { label: '推荐服务', help: '返回结果存入属性 recommendedProduct。' },
    shares: { label: '两组的比例' },
    recommended: { label: '推荐商品的邮件主题' },
    picked: { label: '人工选品的邮件主题' },
  },
  currency: 'CNY',
  variants: { recommended: '智能推荐', picked: '人工选品' },
  nodes: {
    start: '看过未购',
    risk: '风控查询',
    recommender: '适合什么？',
    recommended: '推荐商品',
    picked: '人工选品',
  },
  cases: { pass: '通过' },
  exits: { risky: '未通过风控', sent: '已推送' },
  names: { recommended: '收到推荐商品', picked: '收到人工选品', rejected: '未通过风控' },
  footer: '您浏览过我们的商品，因此收到这封邮件。',
  recommended: {
    subject: '为您挑选{% if profile.recommendedProduct %}：{{ profile.recommendedProduct }}{% endif %}',
    preheader: '与您看过的商品很搭。',
    heading: '这一款更适合您',
    paragraph:
      '根据您看过的商品，我们觉得{{ profile.recommendedProduct | default: "这一款" }}更适合您，花一分钟看看吧。',
    button: '去看看',
  },
  picked: {
    subject: '本周主推',
    preheader: '多数人最后选了它。',
    heading: '本周主推',
    paragraph: '在您看过的商品里，多数人最后选了这一款，本周下单免运费。',
    button: '查看本周主推',
  },
};

import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '首单促成',
  description:
    '每天早上圈出注册满一周、浏览过但从未下单的用户。近半发用户口碑，近半发优惠券，另留一成对照组；期间下单的立即退出。',
  why: '从首单到第二单，远比从注册到首单容易。分流测试能告诉您是否真的需要发券。',
  forWhom: '注册满 7 天、浏览过商品且没有下过单的用户，每人一次。',
  toSet: '优惠码（在信的正文中），以及每天的执行时间。',
  settings: {
    audience: { label: '要促成哪些人' },
    recurrence: { label: '多久找一次新的人' },
    shares: { label: '各组比例', help: '请保留一组不触达，只有对照组能说明促成的净效果。' },
    proof: { label: '口碑信的主题' },
    voucher: { label: '优惠券信的主题' },
    reminder: { label: '最后提醒的主题' },
    patience: { label: '等待下单的时长' },
  },
  currency: 'CNY',
  timeZone: 'Asia/Shanghai',
  variants: { proof: '口碑', voucher: '优惠券', none: '对照组' },
  nodes: { start: '浏览过、未下单', order: '下单了吗？', reminder: '最后提醒' },
  waits: { ordered: '已下单' },
  exits: { ordered: '完成首单', pushed: '已触达，尚未下单', none: '对照组，未触达' },
  footer: '您注册了我们的账号，因此收到这封邮件。',
  proof: {
    subject: '第一次下单的人怎么说',
    preheader: '平均 4.8 分，不满意包邮退。',
    heading: '放心试一次',
    paragraph: '上个月首次下单的顾客给了我们 4.8 分（满分 5 分）。如果您有不同看法，30 天内包邮退回。',
    button: '回到看过的商品',
  },
  voucher: {
    subject: '首单立减 15%',
    preheader: '优惠码 FIRST15，七天内有效。',
    heading: '首单 85 折',
    paragraph: '下单时输入优惠码 FIRST15，首单立享 85 折，全场可用，七天内有效。',
    button: '使用优惠',
  },
  reminder: {
    subject: '您看过的商品还有货',
    preheader: '有疑问，直接回复即可。',
    heading: '还没决定？',
    paragraph: '如果有什么疑问，直接回复这封邮件，会有真人回答您。',
    button: '再看一眼',
  },
};

import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '购后满意度调查',
  description:
    '下单五天后只问一个问题：您有多大可能推荐我们（0 到 10 分）？打 9、10 分的邀请写评价，6 分及以下的立即转客服；同一人 90 天内只问一次。',
  why: '分数本身改变不了什么，关键是一小时内就有人去处理低分。',
  forWhom: '完成订单的用户，两次调查至少间隔 90 天。',
  toSet: '调查页面上报 Survey Answered 事件并带 score 属性；客服系统监听 Service Follow-up Requested。',
  settings: {
    event: { label: '在哪个事件之后调查' },
    pause: { label: '多久后发送' },
    again: { label: '同一人再次调查的间隔' },
    question: { label: '调查信的主题' },
    answer: { label: '回答的事件', help: '带 score 属性，取值 0 到 10。' },
    patience: { label: '等待回答的时长' },
    review: { label: '邀请评价的主题' },
    request: { label: '通知客服的事件' },
  },
  nodes: {
    start: '完成订单',
    question: '满意度调查',
    answer: '回答了吗？',
    review: '邀请写评价',
    request: '通知客服',
    sorry: '致歉信',
  },
  waits: { happy: '9–10 分', neutral: '7–8 分', unhappy: '6 分及以下' },
  exits: { silent: '未回答', neutral: '已回答，无需跟进', review: '已邀请评价', service: '已转客服' },
  footer: '您曾在本店购物，因此收到这封邮件。',
  question: {
    subject: '关于您的订单，只问一个问题',
    preheader: '十秒即可完成。',
    heading: '您有多大可能推荐我们？',
    paragraph: '0 分是完全不会，10 分是一定会。点一下，我们就知道哪里该改进。',
    button: '点一下作答',
  },
  review: {
    subject: '愿意说给更多人听吗？',
    preheader: '您的话会帮别人做决定。',
    heading: '谢谢您，愿意告诉更多人吗？',
    paragraph: '您给了我们高分。如果有两分钟，请用几句话写下您喜欢的地方，您的话会帮别人做决定。',
    button: '写一条评价',
  },
  sorry: {
    subject: '我们想把这件事处理好',
    preheader: '您的反馈已交给专人。',
    heading: '这次做得不够好',
    paragraph: '感谢您直言。您的反馈已交由专人处理，一个工作日内会与您联系。',
    button: '补充说明',
  },
};

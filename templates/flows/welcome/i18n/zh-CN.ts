import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '新用户欢迎',
  description:
    '用户注册后立即发送欢迎信；次日早上按用户当地时间发一条实用技巧；三天内没有浏览任何商品的，再发一封热销推荐。',
  why: '注册后的头三天决定了用户会不会留下来，这时的邮件打开率也最高。',
  forWhom: '上报了 Signed Up 事件的用户，每人终生一次。',
  toSet: '产品在注册时上报的事件，以及三封信的内容。',
  settings: {
    event: { label: '代表注册的事件' },
    greeting: { label: '欢迎信的主题' },
    tip: { label: '技巧信的主题' },
    tipTime: { label: '技巧信的发送时间', help: '已知用户时区时，按用户当地时间。' },
    patience: { label: '等待首次浏览的时长', help: '在此期间浏览过商品的用户，不再收到第三封信。' },
    nudge: { label: '最后一封信的主题' },
  },
  currency: 'CNY',
  nodes: { start: '完成注册', greeting: '欢迎信', tip: '一条实用技巧', looked: '开始浏览？', nudge: '热销推荐' },
  waits: { viewed: '浏览了', ordered: '下单了' },
  exits: { active: '已开始浏览', done: '欢迎完毕' },
  footer: '您注册了我们的账号，因此收到这封邮件。',
  greeting: {
    subject: '{% if profile.firstName %}{{ profile.firstName }}，{% endif %}欢迎您',
    preheader: '很高兴认识您。',
    heading: '很高兴认识您',
    paragraph: '账号已经开通。花一分钟告诉我们您喜欢什么，无关的内容就会少很多。',
    button: '选择我喜欢的',
  },
  tip: {
    subject: '一个大家都用得太晚的功能',
    preheader: '收藏喜欢的商品，降价时通知您。',
    heading: '先收藏，再决定',
    paragraph: '看到喜欢的就点一下爱心。收藏夹在每台设备上同步，里面的商品降价时我们会告诉您。',
    button: '去收藏第一件',
  },
  nudge: {
    subject: '别人都从这里开始',
    preheader: '新客户最先买的五样东西。',
    heading: '从这里开始不会错',
    paragraph: '这是本月新客户最先购买的五样商品，首单免运费。',
    button: '看看这五样',
  },
};

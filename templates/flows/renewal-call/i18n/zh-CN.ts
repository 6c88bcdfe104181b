import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '续约：邮件加人工外呼',
  description:
    '合约到期前 30 天先发续约方案。一周内没有续约的高价值客户转给坐席外呼（以事件形式交给呼叫中心），按坐席回填的结果收尾；无人回填则发最后一封信。',
  why: '邮件能续下好续的一半；在合适的时机由人来打一通电话，能挽回剩下的相当一部分。',
  forWhom: '有 expiresAt 属性的客户。小额合约不外呼，分界线可以设置。',
  toSet: '到期日属性、值得外呼的门槛，并让呼叫中心监听 Renewal Call Requested、用 Renewal Call Finished 回填结果。',
  settings: {
    attribute: { label: '存放到期日的属性' },
    lead: { label: '提前天数', help: '负数表示在到期之前。' },
    offer: { label: '续约方案的主题' },
    patience: { label: '多久后转外呼' },
    worth: { label: '哪些客户值得外呼' },
    request: { label: '请求外呼的事件', help: '由呼叫中心接收，例如通过 Webhook。' },
    report: { label: '坐席回填结果的事件' },
    last: { label: '最后一封信的主题' },
  },
  currency: 'CNY',
  nodes: {
    start: '30 天后到期',
    offer: '续约方案',
    renewed: '自行续约？',
    worth: '值得外呼？',
    request: '转人工外呼',
    outcome: '外呼结果？',
    last: '最后一封信',
  },
  waits: { renewed: '已续约', agreed: '同意续约', declined: '明确拒绝' },
  exits: { renewed: '已续约', declined: '电话中拒绝', last: '已发最后一封信' },
  footer: '您是我们的签约客户，因此收到这封邮件。',
  offer: {
    subject: '您的续约方案',
    preheader: '条款不变，另有老客礼遇。',
    heading: '再续一年',
    paragraph:
      '您的合约将于 {{ profile.expiresAt | date: "%Y年%-m月%-d日" }}到期。到期前续约，条款不变，首月费用由我们承担。',
    button: '办理续约',
  },
  last: {
    subject: '您的合约即将终止',
    preheader: '到期后，现有条款将不再提供。',
    heading: '只剩几天',
    paragraph:
      '您的合约将于 {{ profile.expiresAt | date: "%Y年%-m月%-d日" }}终止，现有条款也随之失效。如需保留，两分钟即可续约。',
    button: '保留我的条款',
  },
};

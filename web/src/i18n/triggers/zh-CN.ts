import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  title: '触发',
  none: '本方案没有可用的触发。',
  next: '下一次：{{time}}',
  nobodyRefused: '没有用户被拒绝进入。',
  refused: {
    'already-entered': '未进入：曾经进入过本方案',
    'in-period': '未进入：距上次进入时间太短',
    'still-inside': '未进入：仍在方案中',
    'no-key': '未进入：没有带键',
    'cap-reached': '未进入：已达到上限',
    'outside-audience': '未进入：不在可进入的用户之列',
    'late-event': '未进入：事件迟到超过一天',
    'in-circle': '未进入：运营方案已连续十次互相触发此人进入',
    'profile-gone': '未进入：用户档案已不存在',
  },
  who: '为这些用户启动',
  whoExample: '用户 ID 或邮箱',
  startNobody: '为所选用户启动',
  startChosen_other: '为 {{count, number}} 位用户启动',
  startAudience: '为整个人群启动…',
  startAll: '立即启动',
  cancel: '取消',
  confirm_other: '目前有 {{people}} 位用户符合，将立即启动（仍受重复进入规则和上限约束）。',
  underWay: '已启动。用户会陆续进入，画布上的数字显示进度。',
  started_other: '已为 {{count, number}} 位用户启动。',
  hook: {
    title: '接收地址',
    none: '其他系统可以向本触发的接收地址发送 JSON。知道该地址的人都可以启动本方案。',
    create: '生成地址',
    renew: '更换地址',
    renewAsk: '确定更换地址吗？此后发送到旧地址的数据将被拒绝。',
    secretMissing: '本触发要求签名，但尚未设置密钥，所有数据都会被拒绝。',
    secretSet: '已设置密钥，没有有效签名的数据会被拒绝。',
    makeSecret: '生成密钥',
    theirSecret: '发送方提供的密钥',
    saveSecret: '保存密钥',
    shown: '请立即复制密钥，之后不再显示。',
    secret: '密钥',
  },
};

export default zhCN;

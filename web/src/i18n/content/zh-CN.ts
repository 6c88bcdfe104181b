import type { Translated } from '../catalogue.ts';
import type enUS from './en-US.ts';

const zhCN: Translated<typeof enUS> = {
  outbox: {
    title: '发件箱',
    hint: '内置发件箱不会真正发出邮件，而是把每一封留在这里，没有 SMTP 账号也能试用运营方案。',
    search: '收件人或主题',
    empty: '还没有邮件',
    emptyText: '发布一个带邮件节点的运营方案，要发送的邮件会出现在这里。',
    nothing: '没有邮件匹配“{{search}}”',
    toFlows: '查看运营方案',
    pick: '选择一封邮件查看内容。',
    from: '发件人',
    to: '收件人',
    subject: '主题',
    at: '时间',
    html: '邮件预览',
    text: '纯文本',
    profile: '收件人的用户页',
    frame: '邮件“{{subject}}”',
    noSubject: '无主题',
    list: '邮件列表',
  },
};
export default zhCN;

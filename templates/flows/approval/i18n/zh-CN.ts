import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  name: '申请与人工审批',
  description:
    '用户提交申请后立即收到回执，申请通过 Webhook 交给审批系统；审批结果以事件回传，分别发送通过或婉拒通知。两天没有结果时，告知申请人需要更久，并催办审批人。',
  why: '申请人抱怨最多的是石沉大海。这个方案让每个人都有回音，也不会有申请被审批人遗忘。',
  forWhom: '上报 Application Submitted 的用户，每个 application_id 一次：授信、会员、合作伙伴账号都适用。',
  toSet:
    '审批系统的地址；它用 Application Decided 事件回传结果，带 application_id 与 decision（approved 或 rejected）。',
  settings: {
    event: { label: '提交申请的事件' },
    url: { label: '审批系统的地址', help: '会收到带申请内容的 POST 请求，请勿对外公开。' },
    decided: { label: '审批结果的事件' },
    patience: { label: '承诺的审批时长' },
    received: { label: '回执的主题' },
    approved: { label: '通过通知的主题' },
    rejected: { label: '婉拒通知的主题' },
    delayed: { label: '延迟通知的主题' },
  },
  nodes: {
    start: '提交申请',
    received: '申请回执',
    hand: '转交审批',
    decision: '审批了吗？',
    approved: '审批通过',
    rejected: '未通过',
    delayed: '需要更久',
    remind: '催办审批人',
    late: '最终审批了吗？',
  },
  waits: { approved: '通过', rejected: '拒绝' },
  exits: { approved: '已通过', rejected: '未通过', open: '仍无结果', unreachable: '未能转交审批' },
  footer: '您提交过申请，因此收到这封邮件。',
  received: {
    subject: '我们已收到您的申请',
    preheader: '两天内答复。',
    heading: '申请已收到',
    paragraph: '感谢您的申请，已有专人开始审核。无论结果如何，两天内都会答复您。',
    button: '查看我的申请',
  },
  approved: {
    subject: '审批通过，现在就可以开始',
    preheader: '一切已为您准备好。',
    heading: '审批通过',
    paragraph: '好消息：您的申请已经通过，相关权限也已开通，现在就可以开始使用。',
    button: '立即开始',
  },
  rejected: {
    subject: '关于您的申请',
    preheader: '这次未能通过，以及您可以怎么做。',
    heading: '这次未能通过',
    paragraph: '您的申请目前未能通过审批。原因以及改进方法可在账号中查看，90 天后可以再次申请。',
    button: '查看原因',
  },
  delayed: {
    subject: '您的申请还需要一点时间',
    preheader: '我们没有忘记。',
    heading: '还需要一点时间',
    paragraph: '我们承诺今天答复您，但还没有结果。申请没有被遗忘，已经提到了最前面。',
    button: '查看进度',
  },
};

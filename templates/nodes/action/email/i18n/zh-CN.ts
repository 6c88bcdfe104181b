import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '邮件',
  description: '发送一封邮件，主题和正文可以使用用户的属性。',
  ports: { next: '下一步' },
  summary: { subject: '“{{subject}}”', noSubject: '尚未填写主题' },
  params: {
    to: { label: '收件地址', help: '保存邮箱地址的属性。' },
    subject: { label: '主题', placeholder: '{{ profile.attributes.name }}，这是为您准备的' },
    preheader: { label: '预览文字', help: '多数邮箱会显示在主题之后。' },
    body: { label: '正文', help: 'MJML，可使用 Liquid 变量；链接会自动统计点击。' },
    fromName: { label: '发件人名称', help: '留空时使用邮件服务中设置的名称。' },
  },
  problems: {
    'email:subject-missing': '邮件没有主题，请填写。',
    'email:body-missing': '邮件没有正文，请填写。',
    'email:address-unseen':
      '目前没有用户带有属性“{{attribute}}”，邮件无法送达任何人。请选择保存邮箱地址的属性，或先导入数据。',
  },
  reasons: {
    'email:handed-over': '邮件已交付发送',
    'email:no-address': '未发送：属性“{{attribute}}”为空',
    'email:invalid-address': '未发送：属性“{{attribute}}”不是有效的邮箱地址',
    'email:content-invalid': '未发送：邮件内容无法生成。{{problem}}',
    'email:refused': '邮件服务器拒收：{{response}}',
    'email:postponed': '邮件服务器要求稍后重试（第 {{attempts}} 次）：{{response}}',
    'email:gave-up': '尝试 {{attempts}} 次后放弃，邮件服务器最后的答复：{{response}}',
    'email:connection-lost': '邮件服务器答复前连接中断，邮件可能已送出，不会再次发送。{{response}}',
    'email:sender-lost': '发送过程中服务中断，邮件可能已送出，不会再次发送。',
    'email:words-missing': '未发送：队列中已没有这封邮件的内容',
  },
};

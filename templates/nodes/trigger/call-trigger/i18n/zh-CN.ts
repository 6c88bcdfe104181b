import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: 'API 调用触发',
  description:
    '由其他系统通过 API 指定用户，或向本触发的接收地址发送数据来启动，也可以手动选择用户启动。运营方案上线后，接收地址显示在“触发”中。',
  ports: { next: '下一步' },
  summary: { call: '通过 API 或手动启动' },
  params: {
    audience: { label: '仅限用户', help: '在收到调用时判断。' },
    ...entryZhCN.keyed,
    mapping: {
      label: '接收数据的映射',
      help: '一个 JSONata 表达式，把其他系统发到接收地址的 JSON 转换为 userId 或 anonymousId，以及可选的 key、messageId 和 data；返回数组表示多位用户，无返回值表示没有用户。留空时直接读取这些字段。messageId 相同的数据（没有 messageId 时为内容相同的数据）不会重复启动。',
      placeholder: '例如 { "userId": customer.id, "messageId": $string(id), "data": { "total": total } }',
    },
    signature: {
      label: '接收数据的签名',
      help: '运营方案上线后在“触发”中设置密钥。设置之前不接收任何数据。',
      options: { none: '不校验', required: '必须签名（HMAC-SHA256）' },
    },
    signatureHeader: {
      label: '签名所在的请求头',
      help: '内容为请求体的 HMAC-SHA256 十六进制值，可带“sha256=”前缀。也接受 Sluice-Signature 请求头，其有效期为 5 分钟。',
      placeholder: '默认为 X-Signature',
    },
  },
  problems: entryZhCN.problemsOf('call-trigger'),
  reasons: { 'call-trigger:called': '由调用指定' },
};

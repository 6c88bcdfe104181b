import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '服务判断',
  description: '针对每位用户查询已登记的 HTTP 服务（例如风控、推荐），按返回结果走不同出口。没有可用结果时走“兜底”。',
  ports: { other: '其他结果', fallback: '兜底' },
  summary: { noService: '尚未选择服务', ask: '查询服务', cases: '按结果：{{cases}}' },
  params: {
    service: { label: '服务', help: '服务在“设置”中登记。', placeholder: '选择服务' },
    cases: {
      label: '分支',
      help: '自上而下，由第一个符合的分支决定；都不符合则走“其他结果”。',
      fields: {
        key: { label: '标识', help: '以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称' },
        field: { label: '结果字段', help: '留空则使用该服务的判断字段。' },
        is: { label: '比较' },
      },
    },
    keep: {
      label: '保存到属性',
      help: '保存后，后续节点和消息都可以使用，例如推荐的商品。',
      fields: {
        field: { label: '结果字段' },
        attribute: { label: '属性', help: '填写新的名称即新建属性。' },
      },
    },
    withinMs: { label: '最长等待', help: '包含所有重试；超过后走“兜底”。' },
  },
  problems: {
    'service:none': '请选择要查询的服务。',
    'service:key-twice': '有两个分支使用了相同的标识“{{key}}”，请改为各不相同。',
    'service:key-reserved': '标识“{{key}}”已用于其他出口，请为该分支换一个标识。',
    'service:attribute-twice': '属性“{{attribute}}”对应了两个字段，请只保留一个。',
  },
  reasons: {
    'service:case': '服务返回“{{answer}}”：{{name}}',
    'service:other': '服务返回“{{answer}}”，不符合任何分支',
    'service:too-late': '等待结束前服务没有返回结果',
    'service:failed': '无法查询服务',
    'service:content-invalid': '请求内容无法生成',
    'service:service-unusable': '服务已被删除，或无法读取其密钥',
    'service:address-refused': '服务位于内网，不允许访问',
    'service:timed-out': '服务未在时限内响应',
    'service:unreachable': '无法连接服务',
    'service:redirected': '服务要求跳转（状态码 {{status}}），系统不跟随跳转',
    'service:refused': '服务拒绝了请求，状态码 {{status}}',
    'service:turned-down': '多次尝试后服务仍未接受，状态码 {{status}}',
    'service:bad-answer': '返回结果不符合该服务的约定',
    'service:expired': '已超过查询时限',
  },
};

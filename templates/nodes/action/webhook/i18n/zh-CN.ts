import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: 'Webhook 回调',
  description:
    '为每位用户调用其他系统的接口。对方繁忙或不可用时自动重试，每次都带相同的幂等键，并附带签名，便于对方确认请求来源。',
  ports: { next: '下一步', ok: '成功', failed: '失败' },
  summary: { call: '{{method}} {{url}}', noUrl: '尚未填写地址' },
  params: {
    method: {
      label: '请求方法',
      options: {
        POST: 'POST 提交',
        PUT: 'PUT 替换',
        PATCH: 'PATCH 修改',
        GET: 'GET 查询',
        DELETE: 'DELETE 删除',
      },
    },
    url: {
      label: '地址',
      help: '域名之后可以使用用户的值：https://example.com/users/{{ user_id }}',
      placeholder: '例如 https://example.com/hook',
    },
    format: {
      label: '请求体格式',
      options: { json: 'JSON 格式', form: '表单', text: '文本' },
    },
    body: {
      label: '请求体',
      help: '使用 JSON 时，Liquid 写在引号内；引号内只有一个值时保留其类型："{{ profile.age }}" 会成为数字。',
    },
    waits: {
      label: '等待响应',
      help: '开启后，调用成功或最终放弃时，用户从“成功”或“失败”离开；关闭则立即继续。',
    },
    headers: {
      label: '请求头',
      help: '能打开方案的人都能看到。如需发送密钥，请在“设置”中登记服务。',
      fields: { name: { label: '名称' }, value: { label: '值' } },
    },
    timeoutMs: { label: '单次时限', help: '1 到 30 秒。' },
    maxAttempts: {
      label: '最多尝试次数',
      help: '对方繁忙（429）、出错（5xx）或连接中断时重试，间隔从几秒逐渐延长到几分钟。',
    },
  },
  problems: {
    'webhook:url-missing': '请填写要调用的地址。',
    'webhook:url-invalid': '地址必须以 http:// 或 https:// 加域名开头，不能包含用户名；用户的值只能写在域名之后。',
    'webhook:body-no-json': '请求体不是有效的 JSON。请把 Liquid 写在引号内，例如 "{{ profile.age }}"，或改用其他格式。',
    'webhook:header-reserved': '请求头“{{name}}”由系统自动设置，请移除。',
    'webhook:header-twice': '请求头“{{name}}”出现了两次，请只保留一个。',
    'webhook:header-secret':
      '请求头“{{name}}”看起来是密钥，能打开方案的人都能看到。请改用已登记的服务，服务的密钥会加密保存。',
  },
  reasons: {
    'webhook:asked': '已提交调用',
    'webhook:answered': '对方响应，状态码 {{status}}',
    'webhook:failed': '调用失败',
    'webhook:content-invalid': '请求内容无法生成',
    'webhook:service-unusable': '没有可调用的对象',
    'webhook:address-refused': '地址指向内网，不允许访问',
    'webhook:timed-out': '对方未在时限内响应',
    'webhook:unreachable': '无法连接对方',
    'webhook:redirected': '对方要求跳转（状态码 {{status}}），系统不跟随跳转',
    'webhook:refused': '对方拒绝了调用，状态码 {{status}}',
    'webhook:turned-down': '多次尝试后对方仍未接受，状态码 {{status}}',
    'webhook:bad-answer': '无法读取对方的响应',
    'webhook:expired': '已超过调用时限',
  },
};

import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '等待事件',
  description: '让每位用户停留，直到发生某个事件，最长等待设定的时间。每个事件各有一个出口，超时另有出口。',
  ports: { all: '全部发生', timeout: '超时' },
  summary: {
    any: '等待 {{events}}，最长 {{timeout}}',
    all: '等待 {{events}} 全部发生，最长 {{timeout}}',
    event: '{{event}}',
  },
  params: {
    events: {
      label: '事件',
      fields: {
        key: { label: '标识', help: '代表该出口。以小写字母开头，可含小写字母、数字、- 和 _。' },
        name: { label: '名称', help: '显示在出口处。' },
        on: { label: '事件' },
      },
    },
    need: { label: '继续条件', options: { any: '任意一个发生', all: '全部发生' } },
    since: {
      label: '计入范围',
      help: '选择回看时，此前已发生该事件的用户无需等待。',
      options: { now: '仅计入到达此处之后的事件', entry: '也计入进入方案以来的事件' },
    },
    timeoutMs: { label: '最长等待', help: '1 秒至 366 天。' },
  },
  problems: {
    'wait-for-event:event-missing': '请选择要等待的事件。',
    'wait-for-event:key-twice': '有两个事件使用了相同的标识“{{key}}”，请改为各不相同。',
    'wait-for-event:key-reserved': '标识“{{key}}”已被本节点的出口占用，请换一个。',
  },
  reasons: {
    'wait-for-event:waiting': '正在等待 {{count}} 个事件',
    'wait-for-event:happened': '发生了“{{event}}”',
    'wait-for-event:all-happened': '{{count}} 个事件全部发生',
    'wait-for-event:time-over': '等待超时，事件未发生',
    'wait-for-event:no-key': '触发事件没有属性“{{property}}”，无法匹配“{{event}}”，未等待',
  },
};

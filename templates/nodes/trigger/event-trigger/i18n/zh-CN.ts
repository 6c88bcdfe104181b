import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '事件触发',
  description: '用户的事件到达后立即为该用户启动。到达时已发生超过一天的事件不会启动。',
  ports: { next: '下一步' },
  summary: {
    event: '发生“{{event}}”时',
    filtered: '发生“{{event}}”时，筛选条件 {{count}} 个',
    unset: '尚未选择事件',
  },
  params: {
    event: { label: '事件', placeholder: '例如 Order Completed' },
    where: { label: '仅当', help: '事件的属性须满足以下全部条件。' },
    key: {
      label: '键',
      help: '用来区分每次发生的事件属性，例如订单号。重复进入选“每个键一次”时，每个值启动一次运行。',
    },
    audience: { label: '仅限用户', help: '在事件到达时判断。' },
    ...entryZhCN.keyed,
  },
  problems: {
    'event-trigger:event-missing': '请选择启动方案的事件。',
    'event-trigger:event-unseen': '还没有收到过事件“{{event}}”，请检查名称。',
    'event-trigger:key-missing': '请选择作为键的属性。',
    ...entryZhCN.problemsOf('event-trigger'),
  },
  reasons: { 'event-trigger:happened': '发生了“{{event}}”' },
};

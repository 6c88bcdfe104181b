import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '目标',
  description:
    '方案要达成的结果。事件一发生，用户无论停在哪里都会直接来到此处，未完成的其他步骤不再进行。沿连线到达的用户在此等待，最长等待设定的时间。',
  ports: { reached: '达成', missed: '未达成' },
  summary: {
    unset: '未选择事件',
    goal: '{{event}}；在此最长等待 {{timeout}}',
    end: '{{event}}，达成即结束；在此最长等待 {{timeout}}',
  },
  params: {
    on: { label: '事件' },
    timeoutMs: { label: '在此最长等待', help: '针对事件发生前就到达此处的用户。1 秒至 366 天。' },
    isEnd: { label: '达成后结束', help: '达成目标的用户离开方案。' },
  },
  problems: { 'goal:event-missing': '请选择代表目标达成的事件。' },
  reasons: {
    'goal:waiting': '正在等待“{{event}}”',
    'goal:reached': '目标达成：发生了“{{event}}”',
    'goal:missed': '等待超时，目标未达成',
  },
};

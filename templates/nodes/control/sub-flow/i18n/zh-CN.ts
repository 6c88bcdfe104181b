import type { Translated } from '@sluice/shared/model';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '子方案',
  description:
    '让每位用户进入另一个已上线的方案，从其第一个触发节点开始，不受其人群条件限制。可等待用户走完，也可直接继续。',
  ports: { next: '下一步', timeout: '超时', failed: '未能启动' },
  summary: {
    unset: '未选择方案',
    awaited: '{{flow}}，最长等待 {{timeout}}',
    started: '启动 {{flow}}',
  },
  params: {
    flow: { label: '运营方案', help: '启动其线上版本；已在其中的用户不受影响。' },
    isAwaited: { label: '等待其结束' },
    timeoutMs: { label: '最长等待', help: '1 秒至 366 天；超时后另一方案仍会继续。' },
  },
  problems: { 'sub-flow:flow-missing': '请选择要启动的方案。' },
  reasons: {
    'sub-flow:started': '将进入“{{flow}}”',
    'sub-flow:waiting': '正在等待“{{flow}}”结束',
    'sub-flow:ended': '已走完“{{flow}}”',
    'sub-flow:time-over': '未能按时走完“{{flow}}”',
    'sub-flow:not-live': '“{{flow}}”未上线，无法启动',
    'sub-flow:too-deep': '方案相互启动的层数过多，“{{flow}}”未启动',
    'sub-flow:failed': '“{{flow}}”未能启动',
  },
};

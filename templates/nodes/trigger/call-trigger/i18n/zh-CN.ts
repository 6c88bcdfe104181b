import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: 'API 调用触发',
  description: '由其他系统通过 API 指定用户启动，也可以手动选择用户启动。',
  ports: { next: '下一步' },
  summary: { call: '通过 API 或手动启动' },
  params: {
    audience: { label: '仅限用户', help: '在收到调用时判断。' },
    ...entryZhCN.keyed,
  },
  problems: entryZhCN.problemsOf('call-trigger'),
  reasons: { 'call-trigger:called': '由调用指定' },
};

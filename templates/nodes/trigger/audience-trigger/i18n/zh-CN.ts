import type { Translated } from '@sluice/shared/model';
import { entryZhCN } from '../../entry-texts.ts';
import type { enUS } from './en-US.ts';

export const zhCN: Translated<typeof enUS> = {
  title: '进出人群触发',
  description: '用户进入或离开已保存的人群时，立即为该用户启动。',
  ports: { next: '下一步' },
  summary: { entered: '进入人群时', left: '离开人群时', unset: '尚未选择人群' },
  params: {
    audienceId: { label: '人群', help: '发布时已在人群中的用户不会启动。' },
    change: { label: '时机', options: { entered: '用户进入人群', left: '用户离开人群' } },
    audience: { label: '仅限用户', help: '在进入或离开时判断。' },
    ...entryZhCN.params,
  },
  problems: {
    'audience-trigger:audience-missing': '请选择人群。',
    'audience-trigger:audience-unknown': '该人群已不存在，请选择其他人群。',
    ...entryZhCN.problemsOf('audience-trigger'),
  },
  reasons: { 'audience-trigger:entered': '进入了人群', 'audience-trigger:left': '离开了人群' },
};

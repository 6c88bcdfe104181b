import type { Locale } from '../../model/locale.ts';
import { type ConditionWords, enUS } from './en-us.ts';
import { zhCN } from './zh-cn.ts';

export type { ConditionWords } from './en-us.ts';
export const CONDITION_WORDS: Readonly<Record<Locale, ConditionWords>> = { 'en-US': enUS, 'zh-CN': zhCN };

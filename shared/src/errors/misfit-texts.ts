import type { Locale, Translated } from '../model/locale.ts';
import type { Misfit } from './explain-misfit.ts';

const enUS = {
  other: '{{at}} does not fit: {{what}}.',
  choice: '{{at}} can only be one of these: {{what}}.',
  pattern: '{{at}} is not spelt as it must be: {{what}}.',
  type: '{{at}} must be of the type {{what}}.',
  'too-little': '{{at}} is too little: at least {{what}} (of a text its letters, of a list its items).',
  'too-much': '{{at}} is too much: at most {{what}} (of a text its letters, of a list its items).',
  missing: '{{at}} lacks “{{what}}”. Add it.',
  surplus: '{{at}} has “{{what}}”, which is not known there, or is not spelt as names are. Correct or remove it.',
} as const satisfies Record<Misfit['code'], string>;

const zhCN: Translated<typeof enUS> = {
  other: '{{at}} 不符合要求：{{what}}。',
  choice: '{{at}} 只能是以下之一：{{what}}。',
  pattern: '{{at}} 的写法不符合要求：{{what}}。',
  type: '{{at}} 的类型应为 {{what}}。',
  'too-little': '{{at}} 过小：至少 {{what}}（文本按字数，列表按项数）。',
  'too-much': '{{at}} 过大：至多 {{what}}（文本按字数，列表按项数）。',
  missing: '{{at}} 缺少“{{what}}”，请补充。',
  surplus: '{{at}} 中有“{{what}}”：没有这个字段，或名称写法不符合要求。请改正或删除。',
};

/** How a value does not fit, as a sentence; `at` is its place, `what` what is allowed there. */
export const MISFIT_TEXTS: Record<Locale, Readonly<Record<Misfit['code'], string>>> = { 'en-US': enUS, 'zh-CN': zhCN };

import { fillText, type Locale } from '../model/locale.ts';
import type { Rejection } from './import-job.ts';

const enUS = {
  'column-count': 'The row has another number of cells than the header',
  'unclosed-quote': 'A quotation mark is opened and never closed',
  'line-too-long': 'The line is longer than a row may be',
  malformed: 'The line cannot be read as a row',
  undecodable: 'The column {{column}} holds bytes that do not exist in the encoding of the file',
  'null-character': 'The column {{column}} holds a null character',
  'id-missing': 'The user id is empty',
  'id-too-long': 'The user id is longer than 255 characters',
  'value-type': '“{{value}}” in the column {{column}} does not have the chosen type',
  'value-too-long': 'The value in the column {{column}} is longer than an attribute may be',
  'line-not-json': 'The line is not one JSON object',
  'too-deep': 'The field {{column}} is nested deeper than {{value}} levels',
  'field-twice': 'The field {{column}} occurs twice in the line',
  'field-unknown':
    'The field {{column}} does not occur in the beginning of the file, from which its columns were taken',
  'event-name-missing': 'The name of the event is empty',
  'time-missing': 'The time of the event is empty',
  'time-implausible': '“{{value}}” in the column {{column}} is before 1990 or in the future',
  'time-outside': '“{{value}}” in the column {{column}} is outside the period of this import',
  'id-unknown': 'No profile has “{{value}}”',
  'id-ambiguous': 'Several profiles have “{{value}}”',
  'id-duplicate': '“{{value}}” stands further up already',
  'key-missing': 'The column {{column}}, which tells one row from another, is empty',
  'column-unknown': 'The dataset has no column {{column}} that rows can fill',
  'computed-failed': 'The computed attribute {{column}} failed: {{value}}',
} as const;

export type RejectionCode = keyof typeof enUS;

const zhCN: Readonly<Record<RejectionCode, string>> = {
  'column-count': '单元格数量与表头不一致',
  'unclosed-quote': '引号没有成对，缺少结束引号',
  'line-too-long': '该行超过单行长度上限',
  malformed: '该行无法识别为表格行',
  undecodable: '列 {{column}} 含有文件编码中不存在的字节',
  'null-character': '列 {{column}} 含有空字符（NUL）',
  'id-missing': '用户 ID 为空',
  'id-too-long': '用户 ID 超过 255 个字符',
  'value-type': '列 {{column}} 的值“{{value}}”不符合所选类型',
  'value-too-long': '列 {{column}} 的值超过属性长度上限',
  'line-not-json': '该行不是一个 JSON 对象',
  'too-deep': '字段 {{column}} 的嵌套超过 {{value}} 层',
  'field-twice': '字段 {{column}} 在该行中重复出现',
  'field-unknown': '字段 {{column}} 未在文件开头出现，而列是从文件开头识别的',
  'event-name-missing': '事件名为空',
  'time-missing': '事件时间为空',
  'time-implausible': '列 {{column}} 的时间“{{value}}”早于 1990 年或晚于现在',
  'time-outside': '列 {{column}} 的时间“{{value}}”不在本次导入的时间范围内',
  'id-unknown': '没有用户档案的标识为“{{value}}”',
  'id-ambiguous': '有多个用户档案的标识为“{{value}}”',
  'id-duplicate': '“{{value}}”在前面已经出现过',
  'key-missing': '用于识别记录的列 {{column}} 为空',
  'column-unknown': '宽表没有可填写的列 {{column}}',
  'computed-failed': '计算属性 {{column}} 出错：{{value}}',
};

/** Why a row can be rejected, in each language. */
export const REJECTION_TEXTS: Readonly<Record<Locale, Readonly<Record<RejectionCode, string>>>> = {
  'en-US': enUS,
  'zh-CN': zhCN,
};

/** Of a quoted value so much tells which it is; the whole of it stands beside the sentence. */
const MOST_QUOTED = 40;

/** The sentence of a rejection; a code of a newer server shows itself. */
export function describeRejection({ code, column, value }: Rejection, locale: Locale): string {
  const texts: Readonly<Record<string, string>> = REJECTION_TEXTS[locale];
  const text = Object.hasOwn(texts, code) ? texts[code] : undefined;
  if (text === undefined) return code;
  const isCut = value.length > MOST_QUOTED && text.includes('“{{value}}”');
  return fillText(text, { column: column ?? '', value: isCut ? `${value.slice(0, MOST_QUOTED)}…` : value });
}

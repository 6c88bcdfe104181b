import { compilePattern } from '@sluice/shared/condition';
import type { Words } from '@sluice/shared/errors';
import type { AttributeRule, BreachCode, ValueType } from '@sluice/shared/model';
import { inferType } from '../conditions/infer-type.ts';
import { convertCell } from '../imports/convert-cell.ts';
import type { StoredValue } from '../profiles/profile-record.ts';

/** The first part of the rule that a value breaks, and what it becomes when it can be mended. */
export interface Breach {
  code: BreachCode;
  fixed: StoredValue | undefined;
}

/** Undefined for a value that is as it should be. */
export type RuleCheck = (value: StoredValue) => Breach | undefined;

type Test = (value: StoredValue) => Breach | undefined;

/**
 * Compiles once what is asked of every value. Parts are looked at in order: a value must have the type before its range
 * means anything. A mended value is checked again by the parts behind. Pure.
 */
export function compileRule(rule: AttributeRule, timeZone: string): RuleCheck {
  const tests = [typeTest(rule, timeZone), rangeTest(rule), optionsTest(rule), patternTest(rule)].filter(
    (test) => test !== undefined,
  );
  return (value) => {
    if (isEmpty(value)) return rule.required ? { code: 'required', fixed: undefined } : undefined;
    let current = value;
    let first: BreachCode | undefined;
    for (const test of tests) {
      const breach = test(current);
      if (!breach) continue;
      first ??= breach.code;
      if (breach.fixed === undefined) return { code: first, fixed: undefined };
      current = breach.fixed;
    }
    return first && { code: first, fixed: current };
  };
}

/** Why a rule cannot be used, in words for the caller's developer; undefined for one that can. Pure. */
export function problemOfRule({ type, min, max, pattern, options }: AttributeRule): Words | undefined {
  if (pattern !== undefined && !compilePattern(pattern))
    return { 'en-US': 'The pattern is not in RE2 syntax.', 'zh-CN': '正则不是有效的 RE2 语法。' };
  const bounds = [min, max].filter((bound) => bound !== undefined).map(readBound);
  if (bounds.some((bound) => bound === undefined))
    return { 'en-US': 'A bound is neither a number nor a date.', 'zh-CN': '范围的边界既不是数字也不是日期。' };
  if (bounds.length === 2 && typeof min !== typeof max)
    return { 'en-US': 'The bounds are of different types.', 'zh-CN': '范围两端的类型不同。' };
  const [low = 0, high = low] = bounds;
  if (bounds.length === 2 && low > high)
    return { 'en-US': 'The range is empty: its least is above its most.', 'zh-CN': '范围为空：最小值大于最大值。' };
  if (bounds.length > 0 && type !== undefined && type !== (typeof (min ?? max) === 'number' ? 'number' : 'date'))
    return { 'en-US': 'Only numbers and dates have a range.', 'zh-CN': '只有数字和日期可以设置范围。' };
  const isOfTexts = type === undefined || type === 'string' || type === 'list';
  if ((options || pattern !== undefined) && !isOfTexts)
    return {
      'en-US': 'Only text and lists have options or a pattern.',
      'zh-CN': '只有文本和列表可以设置枚举值或正则。',
    };
  return undefined;
}

function isEmpty(value: StoredValue): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '');
}

function typeTest({ type }: AttributeRule, timeZone: string): Test | undefined {
  if (!type) return undefined;
  return (value) => {
    if (inferType(value) === type) return undefined;
    return { code: 'type', fixed: coerce(value, type, timeZone) };
  };
}

/** Unix time counts as a date from 1973 on, in seconds or milliseconds; smaller numbers are more likely something else. */
function coerce(value: StoredValue, type: ValueType, timeZone: string): StoredValue | undefined {
  if (Array.isArray(value)) return value.length === 1 ? coerce(value[0] ?? null, type, timeZone) : undefined;
  if (type === 'list') return typeof value === 'string' ? convertCell(value, type, timeZone) : undefined;
  if (value instanceof Date) return undefined;
  if (type === 'date' && typeof value === 'number') {
    if (value >= 1e11 && value < 1e13) return new Date(value);
    return value >= 1e8 && value < 1e11 ? new Date(value * 1000) : undefined;
  }
  return value === null ? undefined : convertCell(String(value).normalize('NFKC'), type, timeZone);
}

function rangeTest({ min, max }: AttributeRule): Test | undefined {
  if (min === undefined && max === undefined) return undefined;
  const low = (min === undefined ? undefined : readBound(min)) ?? Number.NEGATIVE_INFINITY;
  const high = (max === undefined ? undefined : readBound(max)) ?? Number.POSITIVE_INFINITY;
  const isOfDates = typeof (min ?? max) === 'string';
  return (value) => {
    const isFit = isOfDates ? value instanceof Date : typeof value === 'number';
    if (!isFit) return { code: 'type', fixed: undefined };
    const number = Number(value);
    const clamped = Math.min(Math.max(number, low), high);
    if (clamped === number) return undefined;
    return { code: 'range', fixed: isOfDates ? new Date(clamped) : clamped };
  };
}

function readBound(bound: number | string): number | undefined {
  const value = typeof bound === 'number' ? bound : Date.parse(bound);
  return Number.isFinite(value) ? value : undefined;
}

/** Texts that differ in case, width or blanks around them are meant to be the same option. */
function optionsTest({ options }: AttributeRule): Test | undefined {
  if (!options) return undefined;
  const exact = new Set(options);
  const meant = new Map(options.map((option) => [fold(option), option]));
  return (value) => {
    if (Array.isArray(value)) {
      if (value.every((entry) => exact.has(String(entry)))) return undefined;
      const kept = value.flatMap((entry) => meant.get(fold(String(entry))) ?? []);
      return { code: 'options', fixed: kept.length > 0 ? kept : undefined };
    }
    const text = String(value);
    return exact.has(text) ? undefined : { code: 'options', fixed: meant.get(fold(text)) };
  };
}

function fold(text: string): string {
  return text.normalize('NFKC').trim().toLowerCase();
}

/** What people and forms add without meaning it: full-width characters, blanks, hyphens between groups of digits. */
function patternTest({ pattern }: AttributeRule): Test | undefined {
  const test = pattern === undefined ? undefined : compilePattern(pattern);
  if (!test) return undefined;
  return (value) => {
    if (typeof value !== 'string') return { code: 'pattern', fixed: undefined };
    if (test(value)) return undefined;
    const tidy = value.normalize('NFKC').trim();
    return { code: 'pattern', fixed: [tidy, tidy.replaceAll(/[\s()-]/g, '')].find((candidate) => test(candidate)) };
  };
}

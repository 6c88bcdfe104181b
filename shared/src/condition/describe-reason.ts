import type { Problem } from '../graph/graph.ts';
import type { Locale } from '../model/locale.ts';
import type { Reason } from '../model/run.ts';
import type { Comparison } from './ast.ts';
import {
  describeEventValue,
  describeMeasure,
  describeMembership,
  describeTest,
  type NameReading,
} from './describe-condition.ts';
import { comparesDates } from './describe-value.ts';
import { describeOperand } from './describe-value.ts';
import { fillSentence } from './glue.ts';
import { CONDITION_WORDS, type ConditionWords } from './texts/index.ts';

/** The sentence of a verdict's reason; undefined for a reason that no condition gave. */
export function describeConditionReason(reason: Reason, locale: Locale, names: NameReading = {}): string | undefined {
  const words = CONDITION_WORDS[locale];
  if (!isKey(words.reasons, reason.code)) return undefined;
  const values = reason.values ?? {};
  if (values.audience !== undefined) {
    const is = reason.code === 'condition:is-member' ? 'member' : 'notMember';
    const test = describeMembership(String(values.audience), is, locale, names);
    return fillSentence(words.reasons[reason.code], { test });
  }
  const unsaid = values.isVeiled === true ? words.reasons.veiled : words.reasons.noValue;
  const actual = values.actual === undefined ? unsaid : describeOperand(values.actual, locale);
  const is = parseComparison(values.is);
  const test = is ? describeTest(subjectOf(values, is, locale, names), is, locale) : '';
  return fillSentence(words.reasons[reason.code], { test, actual, parts: Number(values.parts ?? 0) });
}

/** The sentence of a problem found in a condition; undefined for a problem that is not about a condition. */
export function describeConditionProblem(problem: Problem, locale: Locale): string | undefined {
  const words = CONDITION_WORDS[locale];
  if (!isKey(words.problems, problem.code)) return undefined;
  const values: Record<string, string | number> = { ...problem.values };
  if (isKey(words.operatorNames, values.operator)) values.operator = words.operatorNames[values.operator];
  if (isKey(words.types, values.type)) values.type = words.types[values.type];
  return fillSentence(words.problems[problem.code], values);
}

/** The errors among problems of a condition, each as a sentence. */
export function errorsInEach(problems: readonly Problem[]): Record<Locale, string>[] {
  const inLocale = (problem: Problem, locale: Locale) => describeConditionProblem(problem, locale) ?? problem.code;
  return problems
    .filter(({ severity }) => severity === 'error')
    .map((problem) => ({ 'zh-CN': inLocale(problem, 'zh-CN'), 'en-US': inLocale(problem, 'en-US') }));
}

function isKey<T extends object>(words: T, key: unknown): key is keyof T & string {
  return typeof key === 'string' && Object.hasOwn(words, key);
}

function subjectOf(values: NonNullable<Reason['values']>, is: Comparison, locale: Locale, names: NameReading): string {
  const words: ConditionWords = CONDITION_WORDS[locale];
  if (values.attribute !== undefined) {
    const attribute = String(values.attribute);
    return names.attribute?.(attribute) ?? attribute;
  }
  if (values.dataset !== undefined) {
    const name = String(values.dataset);
    const dataset = fillSentence(words.quote, { text: names.dataset?.(name) ?? name });
    const kind = values.measure;
    if (kind !== 'sum' && kind !== 'min' && kind !== 'max') return fillSentence(words.reasons.rowsOf, { dataset });
    const column = String(values.column);
    const shown = names.column?.(name, column) ?? column;
    return describeMeasure({ kind }, { dataset, where: '' }, shown, comparesDates(is), locale);
  }
  const name = String(values.event);
  const event = fillSentence(words.quote, { text: names.event?.(name) ?? name });
  const property = values.property === undefined ? {} : { property: String(values.property) };
  if (values.measure === 'first' || values.measure === 'last')
    return describeEventValue({ kind: values.measure, ...property }, { event, window: '', where: '' }, locale);
  if (values.property === undefined)
    return fillSentence(words.reasons[values.steps === undefined ? 'countOf' : 'sequencesOf'], { event });
  return fillSentence(words.reasons.sumOf, { event, property: String(values.property) });
}

function parseComparison(spelled: unknown): Comparison | undefined {
  if (typeof spelled !== 'string') return undefined;
  try {
    return JSON.parse(spelled) as Comparison;
  } catch {
    // A reason written by a node template of its own: shown without the comparison rather than not at all.
    return undefined;
  }
}

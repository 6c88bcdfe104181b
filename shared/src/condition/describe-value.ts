import type { Locale } from '../model/locale.ts';
import { isInstantText } from '../time/instant.ts';
import type { Comparison, RelativeDate } from './ast.ts';
import { isRelativeDate, type Operand } from './date-span.ts';
import { fillSentence, glue } from './glue.ts';
import { CONDITION_WORDS, type ConditionWords } from './texts/index.ts';

type Unit = keyof ConditionWords['units'];

/** "3 days", "1 hour", "3 天". */
export function describeAmount(amount: number, unit: Unit, locale: Locale): string {
  const words = CONDITION_WORDS[locale].units[unit];
  const n = amount.toLocaleString(locale);
  return fillSentence(amount === 1 ? words.one : words.many, { n });
}

/** A period in its largest whole unit up to days: "30 days", "90 minutes". */
export function describePeriod(periodMs: number, locale: Locale): string {
  if (periodMs % 86_400_000 === 0) return describeAmount(periodMs / 86_400_000, 'day', locale);
  if (periodMs % 3_600_000 === 0) return describeAmount(periodMs / 3_600_000, 'hour', locale);
  return describeAmount(Math.round(periodMs / 60_000), 'minute', locale);
}

/** An operand as it reads in a sentence: numbers grouped, texts quoted, relative dates in words. */
export function describeOperand(operand: Operand | undefined, locale: Locale): string {
  if (operand !== undefined && isRelativeDate(operand)) return describeRelative(operand, locale);
  const words = CONDITION_WORDS[locale];
  if (typeof operand === 'number') return operand.toLocaleString(locale, { maximumFractionDigits: 6 });
  if (typeof operand === 'boolean') return words.values[operand ? 'true' : 'false'];
  if (Array.isArray(operand)) return describeList(operand, locale);
  if (operand === undefined || operand === null) return words.reasons.noValue;
  return isDateText(operand) ? operand : fillSentence(words.quote, { text: operand });
}

/** "A, B or C", "A、B 或 C". */
export function describeList(operands: readonly Operand[], locale: Locale): string {
  const words = CONDITION_WORDS[locale];
  const read = operands.map((operand) => describeOperand(operand, locale));
  const separators = read.map((_, index) =>
    index === 0 ? '' : index === read.length - 1 ? words.listOr : words.listComma,
  );
  return glue(...read.flatMap((text, index) => [separators[index] ?? '', text]));
}

/** Whether a comparison is one with dates, so that "is at least" reads "or later". */
export function comparesDates(is: Comparison): boolean {
  const operands = Array.isArray(is.value) ? is.value : [is.value];
  return operands.some((operand) => isRelativeDate(operand) || (typeof operand === 'string' && isDateText(operand)));
}

function isDateText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) || isInstantText(text);
}

function describeRelative({ relative, unit }: RelativeDate, locale: Locale): string {
  const words = CONDITION_WORDS[locale].relative;
  if (relative === 0) return unit === 'hour' ? words.now : words.today;
  if (unit === 'day' && relative === -1) return words.yesterday;
  if (unit === 'day' && relative === 1) return words.tomorrow;
  const span = describeAmount(Math.abs(relative), unit, locale);
  if (relative < 0) return fillSentence(words.past, { span });
  return fillSentence(unit === 'hour' ? words.futureHours : words.future, { span });
}

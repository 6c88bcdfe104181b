import type { Locale } from '../model/locale.ts';
import type { Comparison, Condition, PropertyFilter } from './ast.ts';
import type { Operand } from './date-span.ts';
import { comparesDates, describeAmount, describeList, describeOperand, describePeriod } from './describe-value.ts';
import type { DatasetLeaf } from './dataset-measure.ts';
import type { EventLeaf } from './event-measure.ts';
import { fillSentence, glue } from './glue.ts';
import { complementOf } from './operators.ts';
import { CONDITION_WORDS } from './texts/index.ts';

/** How names read: the dictionary's display names, or the names themselves. */
export interface NameReading {
  attribute?: (name: string) => string;
  event?: (name: string) => string;
  dataset?: (name: string) => string;
  column?: (dataset: string, name: string) => string;
  /** The name of a saved audience by its id. */
  audience?: (id: string) => string;
}

/** COND-4: the condition as a phrase that reads inside a sentence, "history is greater than 100 and newbie is true". */
export function describeCondition(condition: Condition, locale: Locale, names: NameReading = {}): string {
  const words = CONDITION_WORDS[locale];
  switch (condition.op) {
    case 'all':
    case 'any': {
      const [only] = condition.of;
      if (!only) return condition.op === 'all' ? words.everyone : words.nobody;
      if (condition.of.length === 1) return describeCondition(only, locale, names);
      const joint = condition.op === 'all' ? words.and : words.or;
      const parts = condition.of.map((part) => enclose(part, condition.op, locale, names));
      return glue(...parts.flatMap((part, index) => (index === 0 ? [part] : [joint, part])));
    }
    case 'not':
      return describeNegation(condition.of, locale, names);
    case 'attribute':
      return describeTest(names.attribute?.(condition.name) ?? condition.name, condition.is, locale);
    case 'event':
      return describeEvent(condition, locale, names);
    case 'dataset':
      return describeDataset(condition, locale, names);
    case 'audience':
      return describeMembership(condition.audience, condition.is, locale, names);
  }
}

export function describeMembership(
  audience: string,
  is: 'member' | 'notMember',
  locale: Locale,
  names: NameReading,
): string {
  const words = CONDITION_WORDS[locale];
  const name = fillSentence(words.quote, { text: names.audience?.(audience) ?? audience });
  return fillSentence(words.audiences[is], { audience: name });
}

/** One comparison of a named value: "age is between 18 and 35". */
export function describeTest(name: string, is: Comparison, locale: Locale): string {
  const words = CONDITION_WORDS[locale];
  const { operator, value } = is;
  if ((operator === 'in' || operator === 'notIn') && Array.isArray(value))
    return fillSentence(words.operators[operator], { name, values: describeList(value, locale) });
  if (operator === 'between' && Array.isArray(value)) {
    const [low, high] = value;
    return fillSentence(words.operators.between, {
      name,
      low: describeOperand(low as Operand, locale),
      high: describeOperand(high as Operand, locale),
    });
  }
  const isOfDates = comparesDates(is) && Object.hasOwn(words.dates, operator);
  const text = isOfDates ? words.dates[operator as keyof typeof words.dates] : words.operators[operator];
  return fillSentence(text, { name, value: value === undefined ? '' : describeOperand(value as Operand, locale) });
}

// A group inside a group of the other kind needs brackets; so does anything that joins several parts.
function enclose(part: Condition, outer: 'all' | 'any', locale: Locale, names: NameReading): string {
  const words = CONDITION_WORDS[locale];
  const text = describeCondition(part, locale, names);
  const isGroup = (part.op === 'all' || part.op === 'any') && part.of.length > 1 && part.op !== outer;
  return isGroup ? `${words.open}${text}${words.close}` : text;
}

function describeNegation(part: Condition, locale: Locale, names: NameReading): string {
  if (part.op === 'not') return describeCondition(part.of, locale, names);
  if (part.op === 'attribute') {
    const complement = complementOf(part.is.operator);
    if (complement) return describeCondition({ ...part, is: { ...part.is, operator: complement } }, locale, names);
  }
  if (part.op === 'audience')
    return describeMembership(part.audience, part.is === 'member' ? 'notMember' : 'member', locale, names);
  if ((part.op === 'all' || part.op === 'any') && part.of.length === 0)
    return describeCondition({ op: part.op === 'all' ? 'any' : 'all', of: [] }, locale, names);
  const words = CONDITION_WORDS[locale];
  const text = describeCondition(part, locale, names);
  // Only English needs the brackets here: the Chinese wording brings its own.
  const isGroup = locale === 'en-US' && (part.op === 'all' || part.op === 'any') && part.of.length > 1;
  return fillSentence(words.not, { part: isGroup ? `${words.open}${text}${words.close}` : text });
}

/** The phrase of a condition in each language of the product. */
export function describeInEach(condition: Condition, names: NameReading): Record<Locale, string> {
  const inLocale = (locale: Locale) => describeCondition(condition, locale, names);
  return { 'zh-CN': inLocale('zh-CN'), 'en-US': inLocale('en-US') };
}

function describeEvent(leaf: EventLeaf, locale: Locale, names: NameReading): string {
  const words = CONDITION_WORDS[locale];
  const event = fillSentence(words.quote, { text: names.event?.(leaf.name) ?? leaf.name });
  const where = describeParticulars(leaf, locale, names);
  const places = { event, window: describeWindow(leaf.window, locale), where };
  const { measure } = leaf;
  if (measure.kind === 'count') return describeCount(leaf.is, places, locale, words.events);
  return describeTest(describeEventValue(measure, places, locale), leaf.is, locale);
}

/** "the total amount of “Order Completed”", "the sku of the first “Order Completed”", for a sentence that goes on. */
export function describeEventValue(
  { kind, property }: { kind: 'sum' | 'first' | 'last'; property?: string },
  places: { event: string; window: string; where: string },
  locale: Locale,
): string {
  const words = CONDITION_WORDS[locale].events;
  if (kind === 'sum') return fillSentence(words.sum, { ...places, property: property ?? '' });
  if (property === undefined) return fillSentence(words.time[kind], places);
  return fillSentence(words.value[kind], { ...places, property });
}

/** Which of the events count: by their properties, and by what followed. */
function describeParticulars(leaf: EventLeaf, locale: Locale, names: NameReading): string {
  const words = CONDITION_WORDS[locale].events;
  const where = describeFilters(leaf.where, (property) => property, locale);
  const steps = describeSteps(leaf, locale, names);
  if (steps === '') return where;
  if (where === '') return fillSentence(words.followed, { steps });
  return fillSentence(words.whereFollowed, { filters: joinFilters(leaf.where, (property) => property, locale), steps });
}

/** " followed within 1 hour by “Order Completed”". */
function describeSteps({ followedBy = [] }: EventLeaf, locale: Locale, names: NameReading): string {
  const words = CONDITION_WORDS[locale];
  if (followedBy.length === 0) return '';
  const steps = followedBy.map((step, index) =>
    fillSentence(words.events[index === 0 ? 'first' : 'next'][step.is], {
      event: fillSentence(words.quote, { text: names.event?.(step.name) ?? step.name }),
      span: describePeriod(step.ms, locale),
      where: describeFilters(step.where, (property) => property, locale),
    }),
  );
  return glue(...steps);
}

function describeDataset(leaf: DatasetLeaf, locale: Locale, names: NameReading): string {
  const words = CONDITION_WORDS[locale];
  const columnName = (column: string) => names.column?.(leaf.dataset, column) ?? column;
  const places = {
    dataset: fillSentence(words.quote, { text: names.dataset?.(leaf.dataset) ?? leaf.dataset }),
    where: describeFilters(leaf.where, columnName, locale),
  };
  const { measure } = leaf;
  if (measure.kind === 'count') return describeCount(leaf.is, places, locale, words.datasets, 'rows');
  return describeTest(
    describeMeasure(measure, places, columnName(measure.column), comparesDates(leaf.is), locale),
    leaf.is,
    locale,
  );
}

/** "the latest expires_on of “Policies”", for a sentence that goes on. */
export function describeMeasure(
  measure: { kind: 'sum' | 'min' | 'max' },
  places: { dataset: string; where: string },
  column: string,
  isOfDates: boolean,
  locale: Locale,
): string {
  const words = CONDITION_WORDS[locale].datasets;
  const text = {
    sum: words.sum,
    min: isOfDates ? words.earliest : words.least,
    max: isOfDates ? words.latest : words.greatest,
  };
  return fillSentence(text[measure.kind], { ...places, column });
}

function describeFilters(
  filters: readonly PropertyFilter[] | undefined,
  nameOf: (property: string) => string,
  locale: Locale,
): string {
  const joined = joinFilters(filters, nameOf, locale);
  return joined === '' ? '' : fillSentence(CONDITION_WORDS[locale].events.where, { filters: joined });
}

function joinFilters(
  filters: readonly PropertyFilter[] | undefined,
  nameOf: (property: string) => string,
  locale: Locale,
): string {
  const { and } = CONDITION_WORDS[locale];
  const texts = (filters ?? []).map(({ property, is }) => describeTest(nameOf(property), is, locale));
  return glue(...texts.flatMap((text, index) => (index === 0 ? [text] : [and, text])));
}

function describeWindow(window: EventLeaf['window'], locale: Locale): string {
  const words = CONDITION_WORDS[locale].windows;
  if (window.kind === 'last') return fillSentence(words.last, { span: describePeriod(window.ms, locale) });
  if (window.kind === 'between')
    return fillSentence(words.between, {
      from: describeOperand(window.from, locale),
      to: describeOperand(window.to, locale),
    });
  return window.kind === 'ever' ? words.ever : words.thisRun;
}

type CountOperator = 'atLeast' | 'greaterThan' | 'equals' | 'notEquals' | 'lessThan' | 'atMost';

type CountWords = Record<CountOperator | 'between' | 'did' | 'didNot', string>;

function describeCount(
  is: Comparison,
  places: Record<string, string>,
  locale: Locale,
  words: CountWords,
  unit: 'times' | 'rows' = 'times',
): string {
  const { operator, value } = is;
  // What counts do not offer is refused by the check; it still reads, so that the refusal can be understood.
  const numbers = [value].flat();
  if (numbers.length !== (operator === 'between' ? 2 : 1) || !numbers.every((each) => typeof each === 'number'))
    return describeTest(fillSentence(words.did, places), is, locale);
  if (operator === 'between')
    return fillSentence(words.between, { ...places, low: Number(numbers[0]), high: Number(numbers[1]) });
  const n = Number(value);
  const isAnyTime =
    (operator === 'atLeast' && n === 1) || ((operator === 'greaterThan' || operator === 'notEquals') && n === 0);
  if (isAnyTime) return fillSentence(words.did, places);
  const isNoTime =
    ((operator === 'equals' || operator === 'atMost') && n === 0) || (operator === 'lessThan' && n === 1);
  if (isNoTime) return fillSentence(words.didNot, places);
  if (!Object.hasOwn(words, operator)) return describeTest(fillSentence(words.did, places), is, locale);
  return fillSentence(words[operator as CountOperator], { ...places, n, times: describeAmount(n, unit, locale) });
}

import type { Problem } from '../graph/graph.ts';
import type { ValueType } from '../model/attribute.ts';
import { PRODUCT_EVENTS } from '../model/product-events.ts';
import type { Comparison, Condition } from './ast.ts';
import { checkComparison } from './check-comparison.ts';
import type { DatasetLeaf } from './dataset-measure.ts';
import type { Operand } from './date-span.ts';
import { type EventLeaf, isNumeric, propertyOf } from './event-measure.ts';
import { MEASURE_OPERATORS, operatorsOf } from './operators.ts';

/** What the data dictionary knows; a name that is absent has never been seen. */
export interface ConditionDictionary {
  attributes: ReadonlyMap<string, string>;
  events: ReadonlySet<string>;
  /** Attributes that somebody deleted and that nobody has sent since; absent when the caller does not know. */
  deletedAttributes?: ReadonlySet<string>;
  /** Names of saved audiences by id; absent when the caller does not know them. */
  audiences?: ReadonlyMap<string, string>;
  /** Those whose members people and flows put in; absent like `audiences`. */
  manualAudiences?: ReadonlySet<string>;
  /** Attributes that the conditions of dynamic audiences look at, by audience; absent like `audiences`. */
  audienceReads?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Types of event properties, by event name; absent when the caller does not know them. */
  properties?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Types of columns, by dataset; absent when the caller does not know them. */
  datasets?: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Names seen lately but with another type than the dictionary's (COND-5). */
  retyped?: ReadonlySet<string>;
  /** Unix milliseconds of the last sight of an attribute or event, with `now` and `staleAfterMs` (COND-5). */
  lastSeenAt?: { attributes: ReadonlyMap<string, number>; events: ReadonlyMap<string, number> };
  now?: number;
  staleAfterMs?: number;
}

export const MAX_DEPTH = 12;
export const MAX_PARTS = 500;

const VALUE_TYPES = new Set<string>(['string', 'number', 'boolean', 'date', 'list']);

/**
 * What is wrong with a condition (COND-2, errors) or deserves a look (COND-5, warnings). `param` is the JSON pointer of the
 * part. `isInRun` says that it will be asked of runs, not of an audience. Never throws; stops at a tree that is too deep
 * or too large, so it is safe on anything that passed the schema.
 */
export function checkCondition(
  condition: Condition,
  dictionary: ConditionDictionary,
  options: { isInRun?: boolean } = {},
): Problem[] {
  const problems: Problem[] = [];
  const open: { part: Condition; at: string; depth: number }[] = [{ part: condition, at: '', depth: 1 }];
  let seen = 0;
  // A loop, not a recursion: a tree of ten thousand levels must end in a sentence, not in a stack overflow.
  for (let next = open.pop(); next; next = open.pop()) {
    const { part, at, depth } = next;
    seen += 1;
    if (depth > MAX_DEPTH) return [error('condition:too-deep', at, { most: MAX_DEPTH })];
    if (seen > MAX_PARTS) return [error('condition:too-large', at, { most: MAX_PARTS })];
    if (part.op === 'all' || part.op === 'any') {
      for (const [index, child] of [...part.of.entries()].reverse())
        open.push({ part: child, at: `${at}/of/${index}`, depth: depth + 1 });
    } else if (part.op === 'not') open.push({ part: part.of, at: `${at}/of`, depth: depth + 1 });
    else if (part.op === 'attribute') problems.push(...checkAttribute(part.name, part.is, at, dictionary));
    else if (part.op === 'event') problems.push(...checkEvent(part, at, dictionary, options.isInRun ?? false));
    else if (part.op === 'dataset') problems.push(...checkDataset(part, at, dictionary));
    else if (dictionary.audiences?.has(part.audience) === false)
      problems.push(error('condition:audience-unknown', at, { audience: part.audience }));
  }
  return problems;
}

function checkAttribute(name: string, is: Comparison, at: string, dictionary: ConditionDictionary): Problem[] {
  const type = dictionary.attributes.get(name);
  if (type === undefined && dictionary.deletedAttributes?.has(name))
    return [error('condition:attribute-deleted', at, { name })];
  const found: Problem[] = [];
  if (type === undefined) found.push(warning('condition:attribute-unknown', at, { name }));
  if (dictionary.retyped?.has(name)) found.push(warning('condition:attribute-retyped', at, { name }));
  found.push(...staleness('attribute', name, at, dictionary));
  const types = knownType(type);
  found.push(
    ...checkComparison(is, { name, at: `${at}/is`, type: types, offered: types && operatorsOf(types, 'attribute') }),
  );
  return found;
}

function checkEvent(leaf: EventLeaf, at: string, dictionary: ConditionDictionary, isInRun: boolean): Problem[] {
  const steps = leaf.followedBy ?? [];
  const found = checkOccurrence(leaf, at, dictionary);
  if (leaf.window.kind === 'this-run' && !isInRun)
    found.push(error('condition:no-run', `${at}/window`, { name: leaf.name }));
  if (leaf.window.kind === 'between') found.push(...checkPeriod(leaf.window, leaf.name, `${at}/window`));
  for (const [index, step] of steps.entries()) {
    const place = `${at}/followedBy/${index}`;
    found.push(...checkOccurrence(step, place, dictionary));
    if (step.is === 'didNot' && index < steps.length - 1)
      found.push(error('condition:step-not-last', place, { name: step.name }));
  }
  return [...found, ...checkMeasure(leaf, at, dictionary)];
}

/** What is read of the events, and what it is compared with. */
function checkMeasure({ name, measure, is }: EventLeaf, at: string, dictionary: ConditionDictionary): Problem[] {
  const properties = dictionary.properties?.get(name);
  const property = propertyOf(measure);
  const type = property === undefined ? undefined : properties?.get(property);
  if (isNumeric(measure)) {
    const compared = checkComparison(is, { name, at: `${at}/is`, type: 'number', offered: MEASURE_OPERATORS });
    if (property === undefined || type === undefined || type === 'number') return compared;
    return [error('condition:sum-of-non-number', `${at}/measure`, { name: property, type }), ...compared];
  }
  if (property === undefined)
    return checkComparison(is, { name, at: `${at}/is`, type: 'date', offered: operatorsOf('date', 'property') });
  const known = knownType(type);
  const place = { name: property, at: `${at}/is`, type: known, offered: known && operatorsOf(known, 'attribute') };
  const isUnknown = properties !== undefined && type === undefined;
  return [
    ...(isUnknown ? [warning('condition:property-unknown', `${at}/measure`, { name: property, event: name })] : []),
    ...checkComparison(is, place),
  ];
}

/** An event by its name and filters, wherever it stands in a sequence. */
function checkOccurrence(
  { name, where = [] }: Pick<EventLeaf, 'name' | 'where'>,
  at: string,
  dictionary: ConditionDictionary,
): Problem[] {
  const found: Problem[] = [];
  if (!dictionary.events.has(name) && !PRODUCT_EVENTS.has(name))
    found.push(warning('condition:event-unknown', at, { name }));
  found.push(...staleness('event', name, at, dictionary));
  const properties = dictionary.properties?.get(name);
  for (const [index, { property, is }] of where.entries()) {
    const place = `${at}/where/${index}`;
    const type = properties?.get(property);
    if (properties && type === undefined)
      found.push(warning('condition:property-unknown', place, { name: property, event: name }));
    const types = knownType(type);
    if (is.operator === 'matches')
      found.push(error('condition:pattern-on-property', `${place}/is`, { name: property }));
    else
      found.push(
        ...checkComparison(is, {
          name: property,
          at: `${place}/is`,
          type: types,
          offered: types && operatorsOf(types, 'property'),
        }),
      );
  }
  return found;
}

/** The dates of a window are checked as those of a comparison between two dates. */
function checkPeriod({ from, to }: { from: Operand; to: Operand }, name: string, at: string): Problem[] {
  const is: Comparison = { operator: 'between', value: from === '' || to === '' ? [] : [from, to] };
  return checkComparison(is, { name, at, type: 'date', offered: undefined });
}

function checkDataset(leaf: DatasetLeaf, at: string, dictionary: ConditionDictionary): Problem[] {
  const { dataset, measure, is } = leaf;
  const columns = dictionary.datasets?.get(dataset);
  if (dictionary.datasets && !columns) return [error('condition:dataset-unknown', at, { dataset })];
  const found: Problem[] = [];
  const typeOf = (column: string, place: string): ValueType | undefined => {
    const type = columns?.get(column);
    if (columns && type === undefined) found.push(error('condition:column-unknown', place, { name: column, dataset }));
    return knownType(type);
  };
  for (const [index, { property, is: test }] of (leaf.where ?? []).entries()) {
    const place = `${at}/where/${index}`;
    const type = typeOf(property, place);
    const offered = type && operatorsOf(type, 'property');
    if (test.operator === 'matches')
      found.push(error('condition:pattern-on-column', `${place}/is`, { name: property }));
    else found.push(...checkComparison(test, { name: property, at: `${place}/is`, type, offered }));
  }
  const number = { type: 'number' as const, offered: MEASURE_OPERATORS };
  const place = { name: dataset, at: `${at}/is` };
  if (measure.kind === 'count') return [...found, ...checkComparison(is, { ...place, ...number })];
  const { kind, column } = measure;
  const type = typeOf(column, `${at}/measure`);
  const fitting: readonly string[] = kind === 'sum' ? ['number'] : ['number', 'date'];
  if (type && !fitting.includes(type)) {
    const code = kind === 'sum' ? 'condition:sum-of-non-number' : 'condition:extreme-of-unordered';
    return [...found, error(code, `${at}/measure`, { name: column, type })];
  }
  const compared = kind === 'sum' ? number : { type, offered: type && operatorsOf(type, 'property') };
  return [...found, ...checkComparison(is, { ...place, name: column, ...compared })];
}

function knownType(type: string | undefined): ValueType | undefined {
  return type !== undefined && VALUE_TYPES.has(type) ? (type as ValueType) : undefined;
}

function staleness(kind: 'attribute' | 'event', name: string, at: string, dictionary: ConditionDictionary): Problem[] {
  const { lastSeenAt, now, staleAfterMs } = dictionary;
  const seenAt = kind === 'attribute' ? lastSeenAt?.attributes.get(name) : lastSeenAt?.events.get(name);
  if (seenAt === undefined || now === undefined || staleAfterMs === undefined || now - seenAt <= staleAfterMs)
    return [];
  return [warning(`condition:${kind}-stale`, at, { name, days: Math.floor((now - seenAt) / 86_400_000) })];
}

function error(code: string, param: string, values: Problem['values']): Problem {
  return { code, severity: 'error', param, values };
}

function warning(code: string, param: string, values: Problem['values']): Problem {
  return { code, severity: 'warning', param, values };
}

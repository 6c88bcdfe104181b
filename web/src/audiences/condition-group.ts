import type { Condition } from '@sluice/shared/condition';
import { MEASURE_OPERATORS, operatorsOf } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';

export type AttributeLeaf = Extract<Condition, { op: 'attribute' }>;
export type EventLeaf = Extract<Condition, { op: 'event' }>;
export type DatasetLeaf = Extract<Condition, { op: 'dataset' }>;
export type AudienceLeaf = Extract<Condition, { op: 'audience' }>;

/** How the parts of a group join: all, any, none of them, or not all of them. */
export const GROUP_KINDS = ['all', 'any', 'none', 'not-all'] as const;
export type GroupKind = (typeof GROUP_KINDS)[number];
export interface Group {
  kind: GroupKind;
  of: Condition[];
}

/** Reads a condition as a group; undefined for a single attribute, event, dataset or audience. `not` of a single part is "none of" it. */
export function readGroup(condition: Condition): Group | undefined {
  if (condition.op === 'all' || condition.op === 'any') return { kind: condition.op, of: condition.of };
  if (condition.op !== 'not') return undefined;
  const inner = condition.of;
  if (inner.op === 'any') return { kind: 'none', of: inner.of };
  if (inner.op === 'all') return { kind: 'not-all', of: inner.of };
  return { kind: 'none', of: [inner] };
}

export function writeGroup({ kind, of }: Group): Condition {
  if (kind === 'all' || kind === 'any') return { op: kind, of };
  return { op: 'not', of: { op: kind === 'none' ? 'any' : 'all', of } };
}

/** The same condition with a group at its top, which is where an editor adds parts. */
export function toGroup(condition: Condition): Group {
  return readGroup(condition) ?? { kind: 'all', of: [condition] };
}

/** A copy right behind the part, to be changed in one place. */
export function duplicatePart(group: Group, index: number): Group {
  return {
    ...group,
    of: group.of.flatMap((part, place) => (place === index ? [part, structuredClone(part)] : [part])),
  };
}

/** The part in a group of its own, of the kind that the group around it is not, so that an alternative can be added. */
export function wrapPart(group: Group, index: number): Group {
  const op = group.kind === 'any' ? 'all' : 'any';
  return { ...group, of: group.of.map((part, place) => (place === index ? { op, of: [part] } : part)) };
}

/** The JSON pointer of a group's part, as problems name it; `at` is the group's own. */
export function pointerOf(group: Group, at: string, index: number): string {
  const isPlain = group.kind === 'all' || group.kind === 'any';
  return `${at}${isPlain ? '' : '/of'}/of/${index}`;
}

export function createAttributeLeaf(name: string, type: ValueType): AttributeLeaf {
  const [operator = 'equals'] = type === 'number' ? (['greaterThan'] as const) : operatorsOf(type, 'attribute');
  return { op: 'attribute', name, is: { operator } };
}

/** "Did it at least once", the usual question about an event. */
export function createEventLeaf(name: string): EventLeaf {
  const [operator = 'atLeast'] = MEASURE_OPERATORS;
  return { op: 'event', name, measure: { kind: 'count' }, window: { kind: 'ever' }, is: { operator, value: 1 } };
}

/** "Has a row at all", the usual question about a dataset. */
export function createDatasetLeaf(dataset: string): DatasetLeaf {
  return { op: 'dataset', dataset, measure: { kind: 'count' }, is: { operator: 'atLeast', value: 1 } };
}

export function createAudienceLeaf(audience: string): AudienceLeaf {
  return { op: 'audience', audience, is: 'member' };
}

/** Whether any part counts "since entering this flow", which only a run can answer. */
export function asksAboutRun(condition: Condition): boolean {
  if (condition.op === 'event') return condition.window.kind === 'this-run';
  if (condition.op === 'attribute' || condition.op === 'dataset' || condition.op === 'audience') return false;
  return condition.op === 'not' ? asksAboutRun(condition.of) : condition.of.some(asksAboutRun);
}

/** Codes of problems that only say "not filled in yet"; shown as such, not as mistakes. */
export function isIncompleteness(code: string): boolean {
  return /^condition:(operands-|operand-empty)/.test(code);
}

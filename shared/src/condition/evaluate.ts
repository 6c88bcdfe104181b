import type { Attributes, AttributeValue } from '../model/attribute.ts';
import type { Reason } from '../model/run.ts';
import type { Comparison, Condition } from './ast.ts';
import { compileComparison } from './compile-comparison.ts';
import { type DatasetLeaf, datasetNeedOf, datasetNeeds, type DatasetRow, measureRows } from './dataset-measure.ts';
import type { EvaluationInstant } from './date-span.ts';
import {
  type AttributeLeaf,
  type AudienceLeaf,
  type EventLeaf,
  eventNeedOf,
  eventNeeds,
  isNumeric,
  measureEvents,
  type PastEvent,
  propertyOf,
} from './event-measure.ts';
import { ownValue } from './own-value.ts';

/** What a condition is asked about. `measure` and `detail` answer event and dataset leaves by the key of their need. */
export interface ConditionFacts {
  attributes: Attributes;
  measure: (needKey: string) => AttributeValue | undefined;
  detail: (needKey: string) => AttributeValue | undefined;
  isMember: (audience: string) => boolean;
}

/** Whether a condition holds, and which part of it decided, with which value. */
export interface ConditionVerdict {
  isMatch: boolean;
  reason: Reason;
}

export type CompiledCondition = (facts: ConditionFacts) => ConditionVerdict;

/**
 * Resolves operands and patterns once and answers many times: the per-profile check of a batch. Pure; the same for every
 * profile at one instant.
 */
export function compileCondition(condition: Condition, instant: EvaluationInstant): CompiledCondition {
  switch (condition.op) {
    case 'all':
      return compileAll(condition.of.map((part) => compileCondition(part, instant)));
    case 'any':
      return compileAny(condition.of.map((part) => compileCondition(part, instant)));
    case 'not': {
      const inner = compileCondition(condition.of, instant);
      return (facts) => {
        const { isMatch, reason } = inner(facts);
        return { isMatch: !isMatch, reason };
      };
    }
    case 'attribute':
      return compileAttribute(condition, instant);
    case 'event':
      return compileEvent(condition, instant);
    case 'dataset':
      return compileDataset(condition, instant);
    case 'audience':
      return compileAudience(condition);
  }
}

/** The reference reading (COND-1): one profile with its events in memory. `enteredAt` is its run's, where there is one. */
export function evaluate(
  condition: Condition,
  facts: {
    attributes: Attributes;
    events?: readonly PastEvent[];
    rows?: readonly DatasetRow[];
    /** The saved audiences it is a member of. */
    audiences?: readonly string[];
    enteredAt?: number;
  },
  instant: EvaluationInstant,
): ConditionVerdict {
  const measures = new Map(
    eventNeeds(condition).map((need) => [need.key, measureEvents(need, facts.events ?? [], instant, facts.enteredAt)]),
  );
  const details = new Map(
    datasetNeeds(condition).map((need) => [need.key, measureRows(need, facts.rows ?? [], instant)]),
  );
  const compiled = compileCondition(condition, instant);
  return compiled({
    attributes: facts.attributes,
    measure: (key) => measures.get(key),
    detail: (key) => details.get(key),
    isMember: (audience) => facts.audiences?.includes(audience) ?? false,
  });
}

function compileAll(parts: CompiledCondition[]): CompiledCondition {
  return (facts) => {
    let last: ConditionVerdict | undefined;
    for (const part of parts) {
      last = part(facts);
      if (!last.isMatch) return last;
    }
    if (last && parts.length === 1) return last;
    return { isMatch: true, reason: { code: 'condition:all-hold', values: { parts: parts.length } } };
  };
}

function compileAny(parts: CompiledCondition[]): CompiledCondition {
  return (facts) => {
    let last: ConditionVerdict | undefined;
    for (const part of parts) {
      last = part(facts);
      if (last.isMatch) return last;
    }
    if (last && parts.length === 1) return last;
    return { isMatch: false, reason: { code: 'condition:none-holds', values: { parts: parts.length } } };
  };
}

function compileAttribute(leaf: AttributeLeaf, instant: EvaluationInstant): CompiledCondition {
  const test = compileComparison(leaf.is, instant);
  const is = spellComparison(leaf.is);
  return ({ attributes }) => {
    const value = ownValue(attributes, leaf.name);
    const isMatch = test(value);
    const code = isMatch ? 'condition:attribute-holds' : 'condition:attribute-fails';
    return { isMatch, reason: { code, values: { attribute: leaf.name, is, ...actualOf(value) } } };
  };
}

function compileEvent(leaf: EventLeaf, instant: EvaluationInstant): CompiledCondition {
  const { key } = eventNeedOf(leaf);
  const test = compileComparison(leaf.is, instant);
  const is = spellComparison(leaf.is);
  const property = propertyOf(leaf.measure);
  const measure: Record<string, string | number> = {
    ...(!isNumeric(leaf.measure) && { measure: leaf.measure.kind }),
    ...(property !== undefined && { property }),
    ...(leaf.followedBy && leaf.followedBy.length > 0 && { steps: leaf.followedBy.length }),
  };
  return (facts) => {
    const actual = facts.measure(key);
    const isMatch = test(actual);
    const code = isMatch ? 'condition:event-holds' : 'condition:event-fails';
    return { isMatch, reason: { code, values: { event: leaf.name, ...measure, is, ...actualOf(actual) } } };
  };
}

function compileDataset(leaf: DatasetLeaf, instant: EvaluationInstant): CompiledCondition {
  const { key } = datasetNeedOf(leaf);
  const test = compileComparison(leaf.is, instant);
  const is = spellComparison(leaf.is);
  const { dataset, measure } = leaf;
  const subject = { dataset, measure: measure.kind, ...(measure.kind !== 'count' && { column: measure.column }) };
  return (facts) => {
    const actual = facts.detail(key);
    const isMatch = test(actual);
    const code = isMatch ? 'condition:dataset-holds' : 'condition:dataset-fails';
    return { isMatch, reason: { code, values: { ...subject, is, ...actualOf(actual) } } };
  };
}

function compileAudience({ audience, is }: AudienceLeaf): CompiledCondition {
  return (facts) => {
    const isMember = facts.isMember(audience);
    const code = isMember ? 'condition:is-member' : 'condition:no-member';
    return { isMatch: isMember === (is === 'member'), reason: { code, values: { audience } } };
  };
}

// Reasons are stored with every step: a list of a thousand values would be stored a thousand times.
const LONGEST_SPELLING = 200;
const LONGEST_VALUE = 120;

function spellComparison(is: Comparison): string {
  const spelled = JSON.stringify(is);
  return spelled.length <= LONGEST_SPELLING ? spelled : JSON.stringify({ operator: is.operator });
}

function actualOf(value: unknown): { actual?: string | number | boolean } {
  if (value === undefined || value === null) return {};
  if (typeof value === 'number' || typeof value === 'boolean') return { actual: value };
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return { actual: text.length <= LONGEST_VALUE ? text : `${text.slice(0, LONGEST_VALUE)}…` };
}

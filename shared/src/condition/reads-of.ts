import type { Comparison, Condition } from './ast.ts';
import { datasetNeeds, measureRows } from './dataset-measure.ts';
import { isRelativeDate } from './date-span.ts';
import { compileCondition } from './evaluate.ts';
import { eventNamesOf, eventNeeds, leavesOf, measureOfNone } from './event-measure.ts';

const NO_TIME = { now: 0, timeZone: 'UTC' };

/** What a condition looks at: only a change of one of these, or time, can change its verdict about a profile. */
export interface ConditionReads {
  attributes: ReadonlySet<string>;
  events: ReadonlySet<string>;
  datasets: ReadonlySet<string>;
  /** Ids of saved audiences. */
  audiences: ReadonlySet<string>;
}

/** Pure. The product keeps an index by this, so that an event costs nothing to the audiences it cannot touch. */
export function readsOf(condition: Condition): ConditionReads {
  const reads = {
    attributes: new Set<string>(),
    events: new Set<string>(),
    datasets: new Set<string>(),
    audiences: new Set<string>(),
  };
  for (const leaf of leavesOf(condition)) {
    if (leaf.op === 'attribute') reads.attributes.add(leaf.name);
    else if (leaf.op === 'event') for (const name of eventNamesOf(leaf)) reads.events.add(name);
    else if (leaf.op === 'dataset') reads.datasets.add(leaf.dataset);
    else reads.audiences.add(leaf.audience);
  }
  return reads;
}

/**
 * Whether the condition holds for a profile of which nothing is known: no attributes, events or rows, in no audience. Where it
 * does not, a new profile can only meet it through something that the condition reads. The instant plays no part.
 */
export function holdsForNewcomer(condition: Condition): boolean {
  const measures = new Map(eventNeeds(condition).map((need) => [need.key, measureOfNone(need.measure)]));
  const details = new Map(datasetNeeds(condition).map((need) => [need.key, measureRows(need, [], NO_TIME)]));
  const facts = {
    attributes: {},
    measure: (key: string) => measures.get(key),
    detail: (key: string) => details.get(key),
    isMember: () => false,
  };
  return compileCondition(condition, NO_TIME)(facts).isMatch;
}

/** The operands of a comparison that move as time passes. */
export function movingOperands(is: Comparison) {
  return [is.value].flat().filter((operand) => isRelativeDate(operand));
}

/** Whether time alone can change what the attributes of a profile answer. */
export function hasMovingAttribute(condition: Condition): boolean {
  return leavesOf(condition).some((leaf) => leaf.op === 'attribute' && movingOperands(leaf.is).length > 0);
}

import type { Condition } from '../condition/ast.ts';
import type { Recurrence } from '../time/recurrence.ts';
import type { EventPattern } from './manifest.ts';

/** When a trigger starts runs. Instants are ISO-8601 in UTC; a zone that is absent is the workspace's. */
export type TriggerStart =
  /** As soon as the version is live. */
  | { kind: 'publish' }
  | { kind: 'at'; at: string }
  | { kind: 'recurring'; recurrence: Recurrence }
  /** `key`: the property that tells one occasion from another, such as the id of an order. */
  | ({ kind: 'event'; key?: string } & EventPattern)
  | { kind: 'membership'; audience: string; change: 'entered' | 'left' }
  /** On the day that lies `offsetDays` behind the date of an attribute (negative: before it), at a time of day `HH:mm`. */
  | {
      kind: 'date';
      attribute: string;
      offsetDays: number;
      at: string;
      repeat: 'yearly' | 'once';
      timeZone?: string;
    }
  /**
   * Started from outside: by API, by hand, or by whatever is posted to its address. `mapping` is the JSONata expression
   * that tells from such a body who is meant; `signature` makes it be signed, in `X-Signature` or the header named.
   */
  | { kind: 'call'; mapping?: string; signature?: { header?: string } };

/** How often one profile may enter the flow by this trigger. It holds across the versions of the flow. */
export type ReentryRule =
  | { kind: 'once' }
  /** Not sooner than this after what made it enter last. */
  | { kind: 'period'; ms: number }
  | { kind: 'after-exit' }
  /** One run per key. */
  | { kind: 'key' }
  | { kind: 'unlimited' };

/** The most runs that a trigger starts, over all versions of the flow; days are those of the workspace's zone. */
export interface EntryCap {
  max: number;
  per: 'ever' | 'hour' | 'day';
}

/** When and for whom a trigger starts runs, as the scheduler and the enrolment need it. */
export interface TriggerPlan {
  start: TriggerStart;
  /** Who of those whom the start is about may enter. */
  audience: Condition;
  reentry: ReentryRule;
  cap?: EntryCap;
}

import { type Static, Type } from 'typebox';
import { DAY_MS, MINUTE_MS } from '../time/durations.ts';
import { MAX_SPAN_MS } from './params.ts';

/**
 * How an experiment chooses its winner by itself. It looks at the results `looks` times, every `everyMs` from the first
 * profile it dealt: a fixed number, since each further look is one more chance to be wrong by luck.
 */
export const WinnerRule = Type.Object(
  {
    metric: Type.Union([Type.Literal('click'), Type.Literal('conversion')], { default: 'click' }),
    everyMs: Type.Integer({ minimum: MINUTE_MS, maximum: MAX_SPAN_MS, default: DAY_MS, means: 'duration' }),
    looks: Type.Integer({ minimum: 1, maximum: 10, default: 3 }),
    /** Profiles that each contender must have been dealt before a look may decide. */
    minimumPerArm: Type.Integer({ minimum: 20, maximum: 10_000_000, default: 1000 }),
    /** The chance that variants which are all alike end without a winner is at least this. */
    confidence: Type.Union([Type.Literal(0.9), Type.Literal(0.95), Type.Literal(0.99)], { default: 0.95 }),
    /** What becomes of those who come to the split once there is a winner. */
    afterwards: Type.Union([Type.Literal('all-to-winner'), Type.Literal('keep')], { default: 'all-to-winner' }),
  },
  { additionalProperties: false },
);
export type WinnerRule = Static<typeof WinnerRule>;

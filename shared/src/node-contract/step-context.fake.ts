import type { Condition } from '../condition/ast.ts';
import type { AttributeValue } from '../model/attribute.ts';
import type { StepContext, Verdict } from './handler.ts';

export interface FakeStep<Params> {
  params: Params;
  attributes?: Record<string, AttributeValue>;
  nodeId?: string;
  /** Unix milliseconds. */
  now?: number;
  /** What every condition answers; a match by default. */
  verdict?: Verdict | ((condition: Condition) => Verdict);
  /** The number the profile's hash would give, in [0, 1). */
  bucket?: number;
}

/** A step's context for tests of handlers: everything is given, nothing is read from a store or a clock. */
export function fakeStepContext<Params>(step: FakeStep<Params>): StepContext<Params> {
  const attributes = step.attributes ?? {};
  const { verdict = { isMatch: true } } = step;
  return {
    now: step.now ?? 1_800_000_000_000,
    timeZone: 'Asia/Shanghai',
    params: step.params,
    nodeId: step.nodeId ?? 'node-under-test',
    profile: { id: 'profile-1', userId: 'user-1', attributes },
    run: { id: 'run-1', flowId: 'flow-1', version: 1, enteredAt: 1_799_999_000_000, variants: {} },
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    matches: async (condition) => (typeof verdict === 'function' ? verdict(condition) : verdict),
    bucket: () => step.bucket ?? 0,
  };
}

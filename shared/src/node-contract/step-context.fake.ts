import type { Condition } from '../condition/ast.ts';
import type { AttributeValue } from '../model/attribute.ts';
import type { CodeResult, StepContext, Verdict } from './handler.ts';
import type { EventFacts } from './signal.ts';

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
  profileTimeZone?: string;
  /** What started the run; also what `pastEvent` finds when its name is asked for. */
  event?: EventFacts;
  memory?: Record<string, AttributeValue>;
  visits?: number;
  /** When the next place of the queue is free; now by default. */
  slotAt?: number;
  /** Whether the gate lets it pass; it does by default. */
  isGateOpen?: boolean;
  decision?: string;
  runCode?: (source: string, input: unknown) => CodeResult;
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
    profileTimeZone: step.profileTimeZone ?? 'Asia/Shanghai',
    ...(step.event && { event: step.event, firstEvent: step.event }),
    memory: step.memory ?? {},
    visits: step.visits ?? 1,
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    matches: async (condition) => (typeof verdict === 'function' ? verdict(condition) : verdict),
    bucket: () => step.bucket ?? 0,
    pastEvent: async (name, _where, since, same) =>
      step.event?.name === name &&
      step.event.at >= since &&
      (same === undefined || step.event.properties[same.property] === same.value)
        ? step.event
        : undefined,
    reserveSlot: async () => step.slotAt ?? step.now ?? 1_800_000_000_000,
    passGate: async () => step.isGateOpen ?? true,
    decision: async () => step.decision,
    runCode: async (source, input) => step.runCode?.(source, input) ?? { isOk: true, value: null },
  };
}

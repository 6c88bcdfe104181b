import { defineHandler } from '@sluice/shared/node-contract';
import { subFlow } from './sub-flow.node.ts';

/** Codes that the start of a flow may fail with, as reasons of this kind. */
const FAILURES: Readonly<Record<string, string>> = {
  'flow-not-live': 'sub-flow:not-live',
  'too-deep': 'sub-flow:too-deep',
};

export const subFlowHandler = defineHandler(subFlow, {
  enter: ({ params: { flow, isAwaited, timeoutMs }, now }) => {
    const values = { flow: flow.name || flow.id };
    const effect = { kind: 'start-run' as const, flow: flow.id, isAwaited };
    if (!isAwaited)
      return { kind: 'advance', port: 'next', effects: [effect], reason: { code: 'sub-flow:started', values } };
    return {
      kind: 'wait',
      untilAt: now + timeoutMs,
      awaits: [{ id: 'end', kind: 'result', effect: 0 }],
      effects: [effect],
      reason: { code: 'sub-flow:waiting', values },
    };
  },
  resume: ({ params: { flow } }, signal) => {
    const values = { flow: flow.name || flow.id };
    if (signal.kind !== 'result')
      return { kind: 'advance', port: 'timeout', reason: { code: 'sub-flow:time-over', values } };
    if (signal.result.isOk) return { kind: 'advance', port: 'next', reason: { code: 'sub-flow:ended', values } };
    const code = FAILURES[signal.result.code ?? ''] ?? 'sub-flow:failed';
    return { kind: 'advance', port: 'failed', reason: { code, values } };
  },
});

import { CALL_FAILURES } from '@sluice/shared/model';
import { type CallAnswer, defineHandler } from '@sluice/shared/node-contract';
import { webhook } from './webhook.node.ts';

const ANSWER = 'answer';
const FAILURES = new Set<string>(CALL_FAILURES);

/** When a call that is tried again is given up is for the calls to say: the step has no clock of its own. */
export const webhookHandler = defineHandler(webhook, {
  enter: ({ params, nodeId }) => {
    const effects = [{ kind: 'call-http' as const, requestNode: nodeId, isAwaited: params.waits }];
    if (!params.waits) return { kind: 'advance', port: 'next', effects, reason: { code: 'webhook:asked' } };
    return { kind: 'wait', awaits: [{ id: ANSWER, kind: 'result', effect: 0 }], effects };
  },
  resume: (_context, signal) => {
    if (signal.kind !== 'result') throw new Error(`webhook: woken by a ${signal.kind}`);
    const { isOk, code = '', value } = signal.result;
    const { status } = (value ?? {}) as CallAnswer;
    const values = { status: status ?? '' };
    if (isOk) return { kind: 'advance', port: 'ok', reason: { code: 'webhook:answered', values } };
    const reason = FAILURES.has(code) ? `webhook:${code}` : 'webhook:failed';
    return { kind: 'advance', port: 'failed', reason: { code: reason, values } };
  },
});

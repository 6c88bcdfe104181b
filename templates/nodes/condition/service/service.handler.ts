import { compileComparison } from '@sluice/shared/condition';
import { type Attributes, type AttributeValue, CALL_FAILURES } from '@sluice/shared/model';
import { type CallAnswer, defineHandler, type Outcome } from '@sluice/shared/node-contract';
import { FALLBACK, OTHER, service } from './service.node.ts';

const ANSWER = 'answer';
const FAILURES = new Set<string>(CALL_FAILURES);

/** Whatever becomes of the call, nobody stands here longer than the node allows: its timer runs beside the answer (RUN-6). */
export const serviceHandler = defineHandler(service, {
  enter: ({ now, params, nodeId }) => ({
    kind: 'wait',
    untilAt: now + params.withinMs,
    awaits: [{ id: ANSWER, kind: 'result', effect: 0 }],
    effects: [{ kind: 'call-http', requestNode: nodeId, isAwaited: true }],
  }),
  resume: ({ now, timeZone, params }, signal) => {
    if (signal.kind !== 'result') return fallBack('too-late');
    const { isOk, code = '', value } = signal.result;
    const answer = (value ?? {}) as CallAnswer;
    if (!isOk) return fallBack(FAILURES.has(code) ? code : 'failed', answer.status);
    const { fields = {}, decision } = answer;
    const chosen = params.cases.find(({ field, is }) =>
      compileComparison(is, { now, timeZone })(field === undefined ? decision : fieldOf(fields, field)),
    );
    return {
      kind: 'advance',
      port: chosen?.key ?? OTHER,
      ...keep(params.keep ?? [], fields),
      reason: {
        code: chosen ? 'service:case' : 'service:other',
        values: { name: chosen?.name ?? '', answer: spell(decision) },
      },
    };
  },
});

function fallBack(code: string, status?: number): Outcome<typeof FALLBACK> {
  return { kind: 'advance', port: FALLBACK, reason: { code: `service:${code}`, values: { status: status ?? '' } } };
}

/** What the answer holds becomes attributes; a field that it lacks changes nothing. */
function keep(wanted: readonly { field: string; attribute: string }[], fields: Attributes): Pick<Outcome, 'effects'> {
  const found = wanted.flatMap(({ field, attribute }) => {
    const value = fieldOf(fields, field);
    return value === undefined ? [] : [[attribute, value] as const];
  });
  return found.length > 0 ? { effects: [{ kind: 'update-profile', set: Object.fromEntries(found) }] } : {};
}

/** An operator may name a field like one that every object has; only what the answer holds counts. */
function fieldOf(fields: Attributes, name: string): AttributeValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

function spell(value: CallAnswer['decision']): string {
  return (Array.isArray(value) ? value.join(', ') : String(value ?? '')).slice(0, 200);
}

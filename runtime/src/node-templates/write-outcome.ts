import type { Effect, Outcome } from '@sluice/shared/node-contract';
import type { TemplateOutcome } from '@sluice/shared/node-template';

/** An outcome in the words of a handler's author: the way back of `readOutcome`, so that cases speak the handler's language. */
export function writeOutcome(outcome: Outcome, now: number, prefix: string): TemplateOutcome {
  const { effects = [], reason } = outcome;
  const key = reason?.code.startsWith(prefix) ? reason.code.slice(prefix.length) : undefined;
  const set = Object.assign({}, ...effects.map(changesOf)) as Record<string, never>;
  const emit = effects.flatMap((effect) =>
    effect.kind === 'emit-event' ? [{ event: effect.name, properties: effect.properties }] : [],
  );
  const shared = {
    ...(Object.keys(set).length > 0 && { set }),
    ...(emit.length > 0 && { emit }),
    ...(key !== undefined && { reason: { key, ...(reason?.values && { values: reason.values }) } }),
  };
  if (outcome.kind === 'advance') return { kind: 'advance', port: outcome.port, ...shared };
  if (outcome.kind !== 'wait') return { kind: 'exit', ...shared };
  const memory = outcome.memory && { memory: outcome.memory };
  const forMs = (outcome.untilAt ?? now) - now;
  const call = effects.find((effect) => effect.kind === 'call-http');
  if (call?.request) {
    const { body, ...request } = call.request;
    return {
      kind: 'call',
      request: { ...request, ...(body !== undefined && { body: readBody(body) }) },
      withinMs: forMs,
      ...memory,
      ...shared,
    };
  }
  const events = (outcome.awaits ?? []).map(({ id }) => id);
  return { kind: 'wait', forMs, ...(events.length > 0 && { events }), ...memory, ...shared };
}

function changesOf(effect: Effect): Record<string, unknown> {
  if (effect.kind !== 'update-profile') return {};
  return { ...effect.set, ...Object.fromEntries((effect.unset ?? []).map((name) => [name, null])) };
}

/** A body that was written as JSON reads as what it was written from. */
function readBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

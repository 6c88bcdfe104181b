import type { DryEffect, FactRead, Trace, TraceEntry } from '@sluice/shared/http-api';
import type { Attributes, AttributeValue } from '@sluice/shared/model';
import type { AttributeLens } from '../access/read-level.ts';
import { veilReason } from '../access/veil-reason.ts';

const HIDDEN = '***';

/**
 * A trace as the holder of the lens may see it: a run goes by the real values, and what was read, written and said is shown
 * as far as the role sees it. What was rendered or filled in is veiled where it is made, by filling it in anew. Pure.
 * `start`: the attributes that the subject had, so that their values are known wherever they turn up.
 */
export function veilTrace(trace: Trace, lens: AttributeLens, start: Attributes): Trace {
  if (lens.seesAll) return trace;
  const secrets = secretsOf([start, trace.attributes], lens);
  return {
    ...trace,
    runs: trace.runs.map((run) => ({ ...run, endReason: veilReason(run.endReason, lens) })),
    entries: trace.entries.map((entry) => veilEntry(entry, lens, secrets)),
    attributes: lens.view(trace.attributes).attributes,
  };
}

/** How a value that the role does not see is shown, by the value. */
type Secrets = ReadonlyMap<string, AttributeValue>;

function secretsOf(states: readonly Attributes[], lens: AttributeLens): Secrets {
  const secrets = new Map<string, AttributeValue>();
  for (const attributes of states) {
    const { attributes: shown } = lens.view(attributes);
    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== '' && lens.readLevel(name) !== 'plain')
        secrets.set(JSON.stringify(value), shown[name] ?? HIDDEN);
  }
  return secrets;
}

function veilEntry(entry: TraceEntry, lens: AttributeLens, secrets: Secrets): TraceEntry {
  const reason = 'reason' in entry && entry.reason ? { reason: veilReason(entry.reason, lens) } : {};
  if (entry.kind === 'happened')
    return entry.from === 'flow' && entry.happening.kind === 'event'
      ? { ...entry, happening: { ...entry.happening, properties: veilValues(entry.happening.properties, secrets) } }
      : entry;
  if (entry.kind !== 'visit') return { ...entry, ...reason };
  return {
    ...entry,
    ...reason,
    reads: entry.reads.map((read) => veilRead(read, lens)),
    effects: entry.effects.map((effect) => veilEffect(effect, lens, secrets)),
  };
}

function veilRead(read: FactRead, lens: AttributeLens): FactRead {
  if (read.kind === 'attribute') {
    if (lens.readLevel(read.name) === 'plain') return read;
    const shown = read.value === null ? undefined : lens.view({ [read.name]: read.value }).attributes[read.name];
    return { ...read, value: shown ?? HIDDEN };
  }
  if (read.kind === 'condition') return read.reason ? { ...read, reason: veilReason(read.reason, lens) } : read;
  return read.kind === 'code' ? { ...read, text: HIDDEN } : read;
}

function veilEffect(effect: DryEffect, lens: AttributeLens, secrets: Secrets): DryEffect {
  const { effect: asked } = effect;
  if (asked.kind === 'emit-event')
    return { ...effect, effect: { ...asked, properties: veilValues(asked.properties, secrets) } };
  if (asked.kind !== 'update-profile') return effect;
  // What a flow writes stands in its graph or in an answer that was given; what it writes into a veiled attribute does not.
  const set = asked.set && veilValues(lens.view(asked.set).attributes, secrets);
  return { ...effect, effect: { ...asked, ...(set && { set }) } };
}

/** A value that turns up under another name is the same value. */
function veilValues(values: Attributes, secrets: Secrets): Attributes {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, secrets.get(JSON.stringify(value)) ?? value]),
  );
}

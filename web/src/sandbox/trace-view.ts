import type { Trace, TraceEntry } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import type { WayMark } from '../canvas/canvas-marks.ts';

export interface PlayedPath {
  nodes: ReadonlyMap<string, WayMark>;
  /** `node:port` of the ways that were taken. */
  ways: ReadonlySet<string>;
}

/** The first `shown` entries of a trace on the drawing of the flow; runs of other flows leave no mark. Pure. */
export function pathOf(trace: Trace, shown: number, flowId: string): PlayedPath {
  const nodes = new Map<string, WayMark>();
  const ways = new Set<string>();
  const seen = trace.entries.slice(0, shown);
  const isHere = (run: number) => trace.runs[run]?.flowId === flowId;
  for (const entry of seen) {
    if ((entry.kind !== 'visit' && entry.kind !== 'left') || !isHere(entry.run)) continue;
    for (const port of entry.ports) ways.add(`${entry.node}:${port}`);
    if (entry.kind === 'left') nodes.set(entry.node, 'passed');
    else if (entry.outcome === 'failed') nodes.set(entry.node, 'failed');
    else nodes.set(entry.node, entry.outcome === 'wait' || entry.outcome === 'join' ? 'waiting' : 'passed');
  }
  const last = seen.at(-1);
  if (last && 'node' in last && isHere(last.run) && nodes.get(last.node) !== 'failed') nodes.set(last.node, 'here');
  return { nodes, ways };
}

/** How many entries are shown after the next wait, or all. */
export function afterNextWait(entries: readonly TraceEntry[], shown: number): number {
  const next = entries.findIndex(
    (entry, place) => place >= shown && entry.kind === 'visit' && entry.outcome === 'wait',
  );
  return next < 0 ? entries.length : next + 1;
}

/** How many entries lie at or before an instant (Unix milliseconds). */
export function shownAt(entries: readonly TraceEntry[], at: number): number {
  const later = entries.findIndex((entry) => entry.at > at);
  return later < 0 ? entries.length : later;
}

/** What is known of the subject after the first entries: its attributes as they stood then. */
export function attributesAt(start: Attributes, entries: readonly TraceEntry[]): Attributes {
  let attributes = { ...start };
  for (const entry of entries) {
    if (entry.kind === 'happened' && entry.happening.kind === 'attributes') {
      attributes = { ...attributes, ...entry.happening.set };
      for (const name of entry.happening.unset ?? []) delete attributes[name];
    }
    if (entry.kind !== 'visit') continue;
    for (const { effect, result } of entry.effects)
      if (effect.kind === 'update-profile' && result?.isOk !== false) attributes = changed(attributes, effect);
  }
  return attributes;
}

type Update = Extract<Extract<TraceEntry, { kind: 'visit' }>['effects'][number]['effect'], { kind: 'update-profile' }>;

function changed(before: Attributes, { set, unset, increment, addToList, removeFromList }: Update): Attributes {
  const after: Attributes = { ...before, ...set };
  for (const name of unset ?? []) delete after[name];
  for (const [name, by] of Object.entries(increment ?? {})) after[name] = Number(after[name] ?? 0) + by;
  for (const [name, items] of Object.entries(addToList ?? {}))
    after[name] = [...new Set([...listOf(after[name]), ...items])];
  for (const [name, items] of Object.entries(removeFromList ?? {}))
    after[name] = listOf(after[name]).filter((item) => !items.includes(String(item)));
  return after;
}

function listOf(value: Attributes[string] | undefined): (string | number | boolean)[] {
  return Array.isArray(value) ? value : [];
}

import type { ExposedParam, GraphEdge, GraphNode, GraphNote, Measurement, TemplateOrigin } from '@sluice/shared/graph';
import Value from 'typebox/value';
import type { FlowDocument } from './flow-document.ts';

/** One place of the document and what stood and stands there; absent means "was not" or "is no more". */
export type Change =
  | { readonly of: 'node'; readonly id: string; readonly before?: GraphNode; readonly after?: GraphNode }
  | { readonly of: 'edge'; readonly id: string; readonly before?: GraphEdge; readonly after?: GraphEdge }
  | { readonly of: 'note'; readonly id: string; readonly before?: GraphNote; readonly after?: GraphNote }
  | { readonly of: 'measurement'; readonly before?: Measurement; readonly after?: Measurement }
  | { readonly of: 'exposed'; readonly before?: readonly ExposedParam[]; readonly after?: readonly ExposedParam[] }
  | { readonly of: 'origin'; readonly before?: TemplateOrigin; readonly after?: TemplateOrigin }
  | { readonly of: 'name'; readonly before: string; readonly after: string };

/** Knows both sides of every change, hence it can be turned around without the document (EDIT-1). */
export type Diff = readonly Change[];

function replaceIn<T>(entries: Readonly<Record<string, T>>, id: string, value: T | undefined) {
  if (value !== undefined) return { ...entries, [id]: value };
  const { [id]: _gone, ...rest } = entries;
  return rest;
}

function applyChange(document: FlowDocument, change: Change): FlowDocument {
  if (change.of === 'node') return { ...document, nodes: replaceIn(document.nodes, change.id, change.after) };
  if (change.of === 'edge') return { ...document, edges: replaceIn(document.edges, change.id, change.after) };
  if (change.of === 'note') return { ...document, notes: replaceIn(document.notes, change.id, change.after) };
  if (change.of === 'name') return { ...document, name: change.after };
  const { [change.of]: _gone, ...rest } = document;
  return change.after ? { ...rest, [change.of]: change.after } : rest;
}

export function applyDiff(document: FlowDocument, diff: Diff): FlowDocument {
  return diff.reduce(applyChange, document);
}

function invertChange(change: Change): Change {
  const { before, after, ...place } = change;
  return {
    ...place,
    ...(after !== undefined && { before: after }),
    ...(before !== undefined && { after: before }),
  } as Change;
}

export function invertDiff(diff: Diff): Diff {
  return diff.map(invertChange).toReversed();
}

const placeOf = (change: Change) => ('id' in change ? `${change.of}/${change.id}` : change.of);

/** One diff with the effect of all in order; places that end as they began fall out. */
export function squashDiffs(...diffs: Diff[]): Diff {
  const places = new Map<string, Change>();
  for (const change of diffs.flat()) {
    const earlier = places.get(placeOf(change));
    if (!earlier) {
      places.set(placeOf(change), change);
      continue;
    }
    const { after: _superseded, ...start } = earlier;
    places.set(placeOf(change), {
      ...start,
      ...(change.after !== undefined && { after: change.after }),
    } as Change);
  }
  return [...places.values()].filter((change) => !Value.Equal(change.before, change.after));
}

/** What leads from one document to another, nodes before the edges that need them. */
export function diffDocuments(from: FlowDocument, to: FlowDocument): Diff {
  const changes: Change[] = [];
  for (const id of new Set([...Object.keys(from.nodes), ...Object.keys(to.nodes)]))
    changes.push({ of: 'node', id, ...sides(from.nodes[id], to.nodes[id]) });
  for (const id of new Set([...Object.keys(from.edges), ...Object.keys(to.edges)]))
    changes.push({ of: 'edge', id, ...sides(from.edges[id], to.edges[id]) });
  for (const id of new Set([...Object.keys(from.notes), ...Object.keys(to.notes)]))
    changes.push({ of: 'note', id, ...sides(from.notes[id], to.notes[id]) });
  changes.push({ of: 'measurement', ...sides(from.measurement, to.measurement) });
  changes.push({ of: 'exposed', ...sides(from.exposed, to.exposed) });
  changes.push({ of: 'origin', ...sides(from.origin, to.origin) });
  changes.push({ of: 'name', before: from.name, after: to.name });
  return squashDiffs(changes);
}

function sides<T>(before: T | undefined, after: T | undefined) {
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}

import { Value } from 'typebox/value';
import type { Graph, GraphEdge, GraphNode, GraphNote, Measurement } from '../graph/graph.ts';

/** A place that both sides changed, each in its own way. `id` names it in the choices of whoever decides. */
export interface MergeConflict {
  /** `node/ID`, `node/ID/params/NAME`, `edge/FROM/PORT`, `note/ID`, `measurement/FIELD`. */
  id: string;
  node?: string;
  param?: string;
  /** Absent: taken away, or not there. */
  mine?: unknown;
  theirs?: unknown;
}

/** Whose value comes to stand at each conflict; `mine` where nothing is said. */
export type MergeChoices = Readonly<Record<string, 'mine' | 'theirs'>>;

export interface GraphMerge {
  graph: Graph;
  conflicts: MergeConflict[];
}

/**
 * What `theirs` changed of `base`, brought into `mine`. A node, its params one by one, an edge by the way out that it leaves
 * and a field of the measurement are compared each by itself: what one side alone changed is as that side has it, and where
 * both did, `mine` stands unless the choices say otherwise. Where a node was put is never a conflict. Pure.
 */
export function mergeGraphs(base: Graph, mine: Graph, theirs: Graph, choices: MergeChoices = {}): GraphMerge {
  const merge = createMerge(choices);
  const nodes = mergeBy(merge, 'node', byId(base.nodes), byId(mine.nodes), byId(theirs.nodes), mergeNode);
  const known = new Set(nodes.map(({ id }) => id));
  const edges = mergeBy(
    merge,
    'edge',
    byPort(base.edges),
    byPort(mine.edges),
    byPort(theirs.edges),
    (merge, place, b, m, t) => {
      const to = merge.pick(place, b?.to, m?.to, t?.to, { node: (m ?? t)?.from });
      const edge = m ?? t ?? b;
      return to === undefined || edge === undefined ? undefined : { ...edge, to };
    },
  ).filter(({ from, to }) => known.has(from) && known.has(to));
  const notes = mergeBy(merge, 'note', byId(base.notes), byId(mine.notes), byId(theirs.notes), mergeWhole<GraphNote>);
  const measurement = mergeMeasurement(merge, base.measurement, mine.measurement, theirs.measurement);
  const { exposed } = mine;
  const { origin } = theirs;
  return {
    graph: {
      schema: 1,
      nodes,
      edges: withOwnIds(edges),
      ...(notes.length > 0 && { notes }),
      ...(measurement && { measurement }),
      ...(exposed && { exposed }),
      ...(origin && { origin }),
    },
    conflicts: merge.conflicts,
  };
}

interface Merge {
  readonly conflicts: MergeConflict[];
  /** Of one value that is taken as a whole; undefined is "not there". */
  pick<T>(place: string, base: T, mine: T, theirs: T, about?: { node?: string | undefined; param?: string }): T;
}

function createMerge(choices: MergeChoices): Merge {
  const conflicts: MergeConflict[] = [];
  return {
    conflicts,
    pick(place, base, mine, theirs, { node, param } = {}) {
      if (Value.Equal(mine, theirs) || Value.Equal(base, theirs)) return mine;
      if (Value.Equal(base, mine)) return theirs;
      conflicts.push({
        id: place,
        ...(node !== undefined && { node }),
        ...(param !== undefined && { param }),
        ...(mine !== undefined && { mine }),
        ...(theirs !== undefined && { theirs }),
      });
      return Object.hasOwn(choices, place) && choices[place] === 'theirs' ? theirs : mine;
    },
  };
}

type MergeOne<T> = (
  merge: Merge,
  place: string,
  base: T | undefined,
  mine: T | undefined,
  theirs: T | undefined,
) => T | undefined;

/** In the order of `mine`, then what is new. */
function mergeBy<T>(
  merge: Merge,
  of: string,
  base: ReadonlyMap<string, T>,
  mine: ReadonlyMap<string, T>,
  theirs: ReadonlyMap<string, T>,
  one: MergeOne<T>,
): T[] {
  return [...new Set([...mine.keys(), ...theirs.keys()])].flatMap((key) => {
    const merged = one(merge, `${of}/${key}`, base.get(key), mine.get(key), theirs.get(key));
    return merged === undefined ? [] : [merged];
  });
}

function mergeWhole<T>(
  merge: Merge,
  place: string,
  base: T | undefined,
  mine: T | undefined,
  theirs: T | undefined,
): T | undefined {
  return merge.pick(place, base, mine, theirs);
}

const mergeNode: MergeOne<GraphNode> = (merge, place, base, mine, theirs) => {
  const node = (mine ?? theirs)?.id;
  // One that a side took away, or that became another kind, is one thing: half of each would be nothing.
  const isOne = !mine || !theirs || new Set([mine.kind, theirs.kind, (base ?? mine).kind]).size > 1;
  if (isOne) {
    const without = (one: GraphNode | undefined) => one && { ...one, position: undefined };
    const picked = merge.pick(place, without(base), without(mine), without(theirs), { node });
    return picked && (picked.id === mine?.id && Value.Equal(picked, without(mine)) ? mine : theirs);
  }
  const pick = <K extends keyof GraphNode>(field: K) =>
    merge.pick(`${place}/${field}`, base?.[field], mine[field], theirs[field], { node });
  const name = pick('name');
  const isDisabled = pick('isDisabled');
  const colour = pick('colour');
  const isMoved = base && !Value.Equal(base.position, mine.position);
  return {
    id: mine.id,
    kind: mine.kind,
    kindVersion: Math.max(mine.kindVersion, theirs.kindVersion),
    ...(name !== undefined && { name }),
    params: mergeFields(merge, `${place}/params`, base?.params, mine.params, theirs.params, node),
    position: isMoved ? mine.position : theirs.position,
    ...(isDisabled && { isDisabled }),
    ...(colour !== undefined && { colour }),
  };
};

function mergeFields(
  merge: Merge,
  place: string,
  base: Readonly<Record<string, unknown>> = {},
  mine: Readonly<Record<string, unknown>>,
  theirs: Readonly<Record<string, unknown>>,
  node?: string,
): Record<string, unknown> {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  return Object.fromEntries(
    names.flatMap((name) => {
      const about = { node, param: `/${name}` };
      const value = merge.pick(`${place}/${name}`, base[name], mine[name], theirs[name], about);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

function mergeMeasurement(merge: Merge, base?: Measurement, mine?: Measurement, theirs?: Measurement) {
  if (!mine || !theirs) return merge.pick('measurement', base, mine, theirs);
  return mergeFields(merge, 'measurement', base, mine, theirs) as Measurement;
}

function byId<T extends { id: string }>(items: readonly T[] = []): Map<string, T> {
  return new Map(items.map((item) => [item.id, item]));
}

/** A way out leads to one place: what leads there is the same edge, whatever its id. */
function byPort(edges: readonly GraphEdge[]): Map<string, GraphEdge> {
  return new Map(edges.map((edge) => [`${edge.from}/${edge.port}`, edge]));
}

/** Both sides may have given one id to two edges. */
function withOwnIds(edges: readonly GraphEdge[]): GraphEdge[] {
  const taken = new Set<string>();
  return edges.map((edge) => {
    let { id } = edge;
    for (let next = 2; taken.has(id); next += 1) id = `${edge.id}-${next}`;
    taken.add(id);
    return id === edge.id ? edge : { ...edge, id };
  });
}

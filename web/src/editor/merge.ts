import type { GraphEdge, GraphNode, GraphNote } from '@sluice/shared/graph';
import Value from 'typebox/value';
import type { FlowDocument } from './flow-document.ts';
import { mergeFields } from './merge-fields.ts';
import { GRID } from './placement.ts';

/** What becomes of a place where both sides did something else; `both`: theirs stays, mine stands beside it as a copy. */
export type Choice = 'mine' | 'theirs' | 'both';
/** By the key of the clash; where nothing is chosen, mine stands. */
export type Choices = Readonly<Record<string, Choice>>;

/** A place that both sides changed, each to something else. A side is absent where it deleted the node. */
export type Clash =
  | {
      readonly of: 'node';
      readonly key: string;
      readonly id: string;
      readonly mine: GraphNode | undefined;
      readonly theirs: GraphNode | undefined;
      /** Fields ("params/text") and ways out that are not the same. */
      readonly fields: readonly string[];
      readonly ports: readonly string[];
    }
  | { readonly of: 'name' | 'measurement'; readonly key: string };

export interface Merge {
  readonly document: FlowDocument;
  readonly clashes: readonly Clash[];
}

interface Sides {
  readonly base: FlowDocument;
  readonly mine: FlowDocument;
  readonly theirs: FlowDocument;
}

const COPY_OFFSET = 3 * GRID;

/**
 * Two drafts that come from the same third as one. What only one side touched is as that side made it, down to single
 * params; where both did something else, the choices say, and `clashes` tells. Nothing falls away unseen (EDIT-2): who
 * deleted a node that the other side changed or connected meets a clash, too.
 */
export function mergeDocuments(sides: Sides, choices: Choices, createId: (prefix: string) => string): Merge {
  const clashes = new Map<string, Extract<Clash, { of: 'node' }>>();
  const copies: Record<string, GraphNode> = {};
  const nodes = mergeNodes(sides, choices, clashes, copies, createId);
  const edges = mergeEdges(sides, choices, clashes, nodes);
  const name = mergeWhole('name', sides.base.name, sides.mine.name, sides.theirs.name, choices);
  const measured = [sides.base.measurement, sides.mine.measurement, sides.theirs.measurement] as const;
  const measurement = mergeWhole('measurement', ...measured, choices);
  return {
    document: {
      name: name.value,
      nodes: { ...nodes, ...copies },
      edges,
      notes: mergeNotes(sides, createId),
      ...(measurement.value && { measurement: measurement.value }),
    },
    clashes: [...clashes.values(), ...name.clashes, ...measurement.clashes],
  };
}

function mergeWhole<T>(of: 'name' | 'measurement', base: T, mine: T, theirs: T, choices: Choices) {
  if (Value.Equal(mine, theirs) || Value.Equal(theirs, base)) return { value: mine, clashes: [] };
  if (Value.Equal(mine, base)) return { value: theirs, clashes: [] };
  const clash: Clash = { of, key: of };
  return { value: choices[of] === 'theirs' ? theirs : mine, clashes: [clash] };
}

function mergeNodes(
  { base, mine, theirs }: Sides,
  choices: Choices,
  clashes: Map<string, Extract<Clash, { of: 'node' }>>,
  copies: Record<string, GraphNode>,
  createId: (prefix: string) => string,
): Record<string, GraphNode> {
  const nodes: Record<string, GraphNode> = {};
  for (const id of idsOf(base.nodes, mine.nodes, theirs.nodes)) {
    const [before, my, their] = [base.nodes[id], mine.nodes[id], theirs.nodes[id]];
    const key = `node/${id}`;
    const choice = choices[key] ?? 'mine';
    const keep = (node: GraphNode | undefined) => {
      if (node) nodes[id] = node;
    };
    if (Value.Equal(my, their)) keep(my);
    else if (Value.Equal(my, before) && !(their === undefined && isConnectedAnew(id, base, mine))) keep(their);
    else if (Value.Equal(their, before) && !(my === undefined && isConnectedAnew(id, base, theirs))) keep(my);
    else if (!my || !their) {
      clashes.set(id, { of: 'node', key, id, mine: my, theirs: their, fields: [], ports: [] });
      keep(choice === 'both' ? (my ?? their) : choice === 'mine' ? my : their);
    } else {
      const [own, other] = (['mine', 'theirs'] as const).map((side) => mergeFields(before ?? my, my, their, side));
      const fields = (own?.clashes ?? []).filter((field) => field !== 'position');
      keep(choice === 'mine' || fields.length === 0 ? own?.value : other?.value);
      if (fields.length === 0) continue;
      clashes.set(id, { of: 'node', key, id, mine: my, theirs: their, fields, ports: [] });
      if (choice !== 'both' || !own) continue;
      const copy = createId(my.kind);
      const { x, y } = own.value.position;
      copies[copy] = { ...own.value, id: copy, position: { x: x + COPY_OFFSET, y: y + COPY_OFFSET } };
    }
  }
  return nodes;
}

/** A port leads to one place, so connections are merged by their port. */
function mergeEdges(
  { base, mine, theirs }: Sides,
  choices: Choices,
  clashes: Map<string, Extract<Clash, { of: 'node' }>>,
  nodes: Readonly<Record<string, GraphNode>>,
): Record<string, GraphEdge> {
  const [before, my, their] = [base, mine, theirs].map(byPort) as [Ports, Ports, Ports];
  const edges: Record<string, GraphEdge> = {};
  for (const port of idsOf(Object.fromEntries(before), Object.fromEntries(my), Object.fromEntries(their))) {
    const [b, m, t] = [before.get(port), my.get(port), their.get(port)];
    const revived = [m, t].find((edge) => edge && [edge.from, edge.to].some((id) => isRevived(id, edge === m)));
    let edge: GraphEdge | undefined;
    // Drawn anew to where it led, it leads there under another id: the side that touched it says under which.
    if (m?.to === t?.to) edge = m?.id === b?.id ? t : m;
    else if (revived) edge = revived;
    else if (m?.to === b?.to) edge = t;
    else if (t?.to === b?.to) edge = m;
    else edge = settle(m, t);
    // Where an end is gone, so is what led there; who deleted it met a clash if the other side had connected it.
    if (edge && nodes[edge.from] && nodes[edge.to]) edges[edge.id] = edge;
  }
  return edges;

  /** Whether a node that the other side deleted was kept: then it keeps its connections, too. */
  function isRevived(id: string, isMine: boolean): boolean {
    const clash = clashes.get(id);
    if (!clash || (clash.mine && clash.theirs) || !nodes[id]) return false;
    return isMine ? clash.mine !== undefined : clash.theirs !== undefined;
  }

  function settle(m: GraphEdge | undefined, t: GraphEdge | undefined): GraphEdge | undefined {
    const { from: id = '', port = '' } = m ?? t ?? {};
    const key = `node/${id}`;
    const known = clashes.get(id);
    const [own, other] = [mine.nodes[id], theirs.nodes[id]];
    clashes.set(id, {
      ...(known ?? { of: 'node', key, id, mine: own, theirs: other, fields: [] }),
      ports: [...(known?.ports ?? []), port],
    });
    return (choices[key] ?? 'mine') === 'mine' ? m : t;
  }
}

/** Words on the canvas are never asked about: where both wrote something else, both are kept. */
function mergeNotes({ base, mine, theirs }: Sides, createId: (prefix: string) => string): Record<string, GraphNote> {
  const notes: Record<string, GraphNote> = {};
  for (const id of idsOf(base.notes, mine.notes, theirs.notes)) {
    const [before, my, their] = [base.notes[id], mine.notes[id], theirs.notes[id]];
    if (Value.Equal(my, before) && before) {
      if (their) notes[id] = their;
    } else if (Value.Equal(their, before) && before) {
      if (my) notes[id] = my;
    } else if (!my || !their) {
      const kept = my ?? their;
      if (kept) notes[id] = kept;
    } else {
      const { value, clashes } = mergeFields(before ?? my, my, their, 'mine');
      const areWordsBoth = clashes.some((field) => field !== 'position' && field !== 'size');
      notes[id] = areWordsBoth ? their : value;
      if (!areWordsBoth) continue;
      const copy = createId('note');
      const { x, y } = my.position;
      notes[copy] = { ...my, id: copy, position: { x: x + COPY_OFFSET, y: y + COPY_OFFSET } };
    }
  }
  return notes;
}

type Ports = ReadonlyMap<string, GraphEdge>;

function byPort({ edges }: FlowDocument): Ports {
  return new Map(Object.values(edges).map((edge) => [`${edge.from}:${edge.port}`, edge]));
}

/** Whether somebody led an edge to or from a node since. */
function isConnectedAnew(id: string, base: FlowDocument, now: FlowDocument): boolean {
  const before = byPort(base);
  return Object.values(now.edges).some(
    ({ from, port, to }) => (from === id || to === id) && before.get(`${from}:${port}`)?.to !== to,
  );
}

function idsOf(...records: readonly Readonly<Record<string, unknown>>[]): Set<string> {
  return new Set(records.flatMap((record) => Object.keys(record)));
}

import { isDeepStrictEqual } from 'node:util';
import type { Graph } from '@sluice/shared/graph';
import { fillText } from '@sluice/shared/model';
import { type Texts, textsIn } from '../i18n/texts.ts';

/** One line per thing that is other: `+` only in the later, `-` only in the earlier, `~` in both but not the same. */
export function compareGraphs(from: Graph, to: Graph, { difference: words }: Texts = textsIn('en-US')): string[] {
  const byPort = ({ edges }: Graph) => edges.map((edge) => ({ ...edge, id: `${edge.from}.${edge.port}` }));
  const edges = pairsOf(byPort(from), byPort(to)).flatMap(([port, before, after]) => {
    if (before?.to === after?.to) return [];
    const name = fillText(words.edge, { port });
    if (!before) return [`+ ${name} > ${after?.to}`];
    return after ? [`~ ${name}: ${before.to} → ${after.to}`] : [`- ${name} > ${before.to}`];
  });
  const compare = <T extends { id: string }>(
    before: readonly T[] | undefined,
    after: readonly T[] | undefined,
    nameOf: (item: T) => string,
  ) => compareItems(before ?? [], after ?? [], nameOf, words.nothing);
  return [
    ...compare(from.nodes, to.nodes, ({ id, kind }) => fillText(words.node, { id, kind })),
    ...edges,
    ...compare(from.notes, to.notes, ({ form, id }) => fillText(words[form], { id })),
    ...compare(from.exposed, to.exposed, ({ id }) => fillText(words.exposed, { id })),
    ...(['measurement', 'origin'] as const).flatMap((part) =>
      describe(words[part], from[part], to[part], words.nothing),
    ),
  ];
}

function compareItems<T extends { id: string }>(
  from: readonly T[],
  to: readonly T[],
  nameOf: (item: T) => string,
  nothing: string,
): string[] {
  return pairsOf(from, to).flatMap(([, before, after]) => {
    if (!before) return after ? [`+ ${nameOf(after)}`] : [];
    return after
      ? describe(nameOf(after), withoutParams(before), withoutParams(after), nothing)
      : [`- ${nameOf(before)}`];
  });
}

/** Params are written as the places that problems name; the other fields of a node stand beside them. */
function withoutParams({ params, ...fields }: object & { params?: unknown }): object {
  return { ...fields, '': params };
}

/** One line for each place at which two values differ. */
function describe(name: string, before: unknown, after: unknown, nothing: string): string[] {
  return differences(before, after).map(({ at, one, two }) => {
    const [shownBefore, shownAfter] = showBoth(one, two, nothing);
    return `~ ${name}${at === '' ? '' : ` ${at.startsWith('//') ? at.slice(1) : at.replace(/^\//, '')}`}: ${shownBefore} → ${shownAfter}`;
  });
}

interface Difference {
  /** The keys that lead there, each behind a slash. */
  at: string;
  one: unknown;
  two: unknown;
}

/** As deep as both have the same form: a list that is longer or shorter is another list. */
function differences(one: unknown, two: unknown, at = ''): Difference[] {
  if (isDeepStrictEqual(one, two)) return [];
  const isList = Array.isArray(one);
  if (!isObject(one) || !isObject(two) || isList !== Array.isArray(two)) return [{ at, one, two }];
  if (isList && Object.keys(one).length !== Object.keys(two).length) return [{ at, one, two }];
  return Object.keys({ ...one, ...two }).flatMap((key) => differences(one[key], two[key], `${at}/${key}`));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function pairsOf<T extends { id: string }>(
  from: readonly T[],
  to: readonly T[],
): [string, T | undefined, T | undefined][] {
  const [before, after] = [from, to].map((items) => new Map(items.map((item) => [item.id, item])));
  const ids = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  return ids.map((id) => [id, before?.get(id), after?.get(id)]);
}

const MOST_LETTERS = 60;
/** What stands around a difference within a long text. */
const AROUND = 20;

/** Both short enough for a line; of long ones what lies around the first letter that differs. */
function showBoth(one: unknown, two: unknown, nothing: string): [string, string] {
  const [before, after] = [JSON.stringify(one) ?? nothing, JSON.stringify(two) ?? nothing];
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  const from = Math.max(before.length, after.length) > MOST_LETTERS ? Math.max(0, same - AROUND) : 0;
  const cut = (text: string) => {
    const shown = text.slice(from, from + MOST_LETTERS);
    return `${from > 0 ? '…' : ''}${shown}${from + MOST_LETTERS < text.length ? '…' : ''}`;
  };
  return [cut(before), cut(after)];
}

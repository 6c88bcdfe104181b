import type { Condition } from '@sluice/shared/condition';
import { type Group, readGroup, writeGroup } from './condition-group.ts';

/** Where a part stands: its place in the outermost group, then in the group there, and so on. */
export type PartPath = readonly number[];

/** What a rearrangement leaves, and where the part has come to stand. */
export interface Rearranged {
  group: Group;
  path: PartPath;
}

/**
 * Takes a part out and puts it ahead of what stands at `to` now; a `to` behind the last part puts it at the end. A group that is
 * left without parts goes, since an empty one would decide what it never decided before. Undefined where nothing would move: at
 * the part's own place, within itself, or where no group is. Pure.
 */
export function rearrange(root: Group, from: PartPath, to: PartPath): Rearranged | undefined {
  const part = partAt(root, from);
  if (!part || startsWith(to, from) || isSame(to, behind(from))) return undefined;
  if (!groupAt(root, to.slice(0, -1))) return undefined;
  const widened = changeGroup(root, to.slice(0, -1), (of) => of.toSpliced(to.at(-1) ?? 0, 0, part));
  return takeOut(widened, shifted(from, to), to);
}

/** The place to which one step up (-1) or down (1) leads: past the neighbour, into it where it is a group, or out of its group. */
export function stepFrom(root: Group, path: PartPath, by: -1 | 1): PartPath | undefined {
  const [around, index] = [path.slice(0, -1), path.at(-1) ?? 0];
  const siblings = groupAt(root, around)?.of ?? [];
  const neighbour = siblings[index + by];
  if (!neighbour) return around.length === 0 ? undefined : by < 0 ? around : behind(around);
  const inner = readGroup(neighbour);
  if (inner) return [...around, index + by, by < 0 ? inner.of.length : 0];
  return [...around, by < 0 ? index - 1 : index + 2];
}

export function groupAt(root: Group, path: PartPath): Group | undefined {
  if (path.length === 0) return root;
  const part = partAt(root, path);
  return part && readGroup(part);
}

/** Whether a place lies within a part, or is the part's own. */
export function startsWith(place: PartPath, part: PartPath): boolean {
  return part.every((index, depth) => place[depth] === index);
}

export function isSame(a: PartPath, b: PartPath): boolean {
  return a.length === b.length && startsWith(a, b);
}

function partAt(root: Group, path: PartPath): Condition | undefined {
  const [index = -1, ...rest] = path;
  const part = root.of[index];
  if (!part || rest.length === 0) return part;
  const inner = readGroup(part);
  return inner && partAt(inner, rest);
}

function behind(path: PartPath): PartPath {
  return [...path.slice(0, -1), (path.at(-1) ?? 0) + 1];
}

/** Where what stood at `path` stands once a part was put in at `put`. */
function shifted(path: PartPath, put: PartPath): PartPath {
  const depth = put.length - 1;
  const isAhead = startsWith(path, put.slice(0, -1)) && path.length > depth && (put.at(-1) ?? 0) <= (path[depth] ?? -1);
  return isAhead ? path.with(depth, (path[depth] ?? 0) + 1) : path;
}

/** Where what stands at `path` stands once the part at `taken` is out. */
function closedUp(path: PartPath, taken: PartPath): PartPath {
  const depth = taken.length - 1;
  const isBehind =
    startsWith(path, taken.slice(0, -1)) && path.length > depth && (path[depth] ?? 0) > (taken.at(-1) ?? 0);
  return isBehind ? path.with(depth, (path[depth] ?? 0) - 1) : path;
}

function takeOut(root: Group, from: PartPath, path: PartPath): Rearranged {
  const around = from.slice(0, -1);
  const group = changeGroup(root, around, (of) => of.toSpliced(from.at(-1) ?? 0, 1));
  const left = closedUp(path, from);
  const isEmptied = around.length > 0 && groupAt(group, around)?.of.length === 0;
  return isEmptied ? takeOut(group, around, left) : { group, path: left };
}

function changeGroup(group: Group, path: PartPath, change: (of: Condition[]) => Condition[]): Group {
  const [index, ...rest] = path;
  if (index === undefined) return { ...group, of: change(group.of) };
  const inner = group.of[index] && readGroup(group.of[index]);
  if (!inner) return group;
  return { ...group, of: group.of.with(index, writeGroup(changeGroup(inner, rest, change))) };
}

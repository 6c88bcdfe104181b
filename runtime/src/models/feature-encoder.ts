import type { ValueType } from '@sluice/shared/model';
import type { Column, FeatureSource } from './column.ts';

/**
 * How one attribute becomes columns of the model. Numbers: one standardised column and one per bin, so that both a
 * steady rise and any bend can be learned. Texts: one column each for the common ones, a few shared by hash for the
 * rest. `missing` has a column of its own everywhere.
 */
export type FeatureCode = { attribute: string; type: ValueType; firstColumn: number; columnCount: number } & (
  | { kind: 'number'; mean: number; spread: number; edges: number[] }
  | { kind: 'texts'; texts: string[]; hashed: number }
);

export type LeftOut = 'unseen' | 'constant' | 'identifier';

const BINS = 10;
/** From so many profiles on, bins may be half as wide. */
const MANY_PROFILES = 5000;
const FINE_BINS = 20;
/** So many different numbers are as good as names: each has a bin. */
const FEW_VALUES = 12;
/** Standardised values beyond this tell no more: one absurd number must not outweigh everybody. */
const MOST_SPREADS = 5;
const MOST_TEXTS = 64;
const FEWEST_OF_A_TEXT = 5;
const HASHED_COLUMNS = 64;
/** Above this share of different values a text names the profile instead of saying something about it. */
const IDENTIFYING_SHARE = 0.5;
const FEWEST_TO_IDENTIFY = 100;

/** Learns the columns of one attribute from the rows that train. */
export function fitFeature(
  { attribute, type }: FeatureSource,
  column: Column,
  training: readonly number[],
  firstColumn: number,
): FeatureCode | LeftOut {
  const known = { attribute, type, firstColumn };
  return column.kind === 'number'
    ? fitNumber(known, column.values, training)
    : fitTexts(known, column.values, training);
}

interface Known {
  attribute: string;
  type: ValueType;
  firstColumn: number;
}

function fitNumber(known: Known, values: Float64Array, training: readonly number[]): FeatureCode | LeftOut {
  const present = Float64Array.from(training, (row) => values[row]!)
    .filter((value) => !Number.isNaN(value))
    .sort();
  const [least] = present;
  const most = present.at(-1);
  if (least === undefined || most === undefined) return 'unseen';
  if (least === most && present.length === training.length) return 'constant';
  const mean = present.reduce((sum, value) => sum + value / present.length, 0);
  const variance = present.reduce((sum, value) => sum + (value - mean) ** 2 / present.length, 0);
  const edges = edgesOf(present, most);
  return { ...known, kind: 'number', mean, spread: Math.sqrt(variance) || 1, edges, columnCount: edges.length + 3 };
}

/**
 * Upper ends of all bins but the last: each value its own bin where there are few, else equally many profiles in each. A
 * value that fills more than a bin has one of its own, so that "never" or 0 stands apart from what lies beside it.
 */
function edgesOf(sorted: Float64Array, most: number): number[] {
  const starts = [...sorted.keys()].filter((index) => index === 0 || sorted[index] !== sorted[index - 1]);
  if (starts.length <= FEW_VALUES) return starts.map((index) => sorted[index]!).filter((end) => end < most);
  const bins = sorted.length >= MANY_PROFILES ? FINE_BINS : BINS;
  const ends = Array.from({ length: bins - 1 }, (_, cut) => sorted[Math.floor(((cut + 1) / bins) * sorted.length)]!);
  for (const [place, start] of starts.entries()) {
    const next = starts[place + 1] ?? sorted.length;
    if (next - start < sorted.length / bins) continue;
    ends.push(sorted[start]!);
    if (start > 0) ends.push(sorted[start - 1]!);
  }
  return [...new Set(ends)].filter((end) => end < most).sort((one, other) => one - other);
}

function fitTexts(
  known: Known,
  values: readonly (readonly string[] | undefined)[],
  training: readonly number[],
): FeatureCode | LeftOut {
  const counts = new Map<string, number>();
  let present = 0;
  for (const row of training) {
    const texts = values[row];
    if (texts) present += 1;
    for (const text of texts ?? []) counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  if (counts.size === 0) return 'unseen';
  if (counts.size > FEWEST_TO_IDENTIFY && counts.size > present * IDENTIFYING_SHARE) return 'identifier';
  if (counts.size === 1 && [...counts.values()][0] === training.length) return 'constant';
  const texts = [...counts]
    .filter(([, count]) => count >= FEWEST_OF_A_TEXT)
    .sort(([one, few], [other, many]) => many - few || (one < other ? -1 : 1))
    .slice(0, MOST_TEXTS)
    .map(([text]) => text);
  const hashed = counts.size > texts.length ? HASHED_COLUMNS : 0;
  return { ...known, kind: 'texts', texts, hashed, columnCount: texts.length + hashed + 1 };
}

export type EmitColumn = (column: number, value: number) => void;

/** Columns of a number (NaN: missing). */
export function encodeNumber(code: Extract<FeatureCode, { kind: 'number' }>, value: number, emit: EmitColumn): void {
  const { firstColumn, mean, spread, edges } = code;
  const bin = binOf(code, value);
  if (Number.isNaN(value)) return emit(firstColumn + edges.length + 2, 1);
  const standardised = (value - mean) / spread;
  emit(firstColumn, Math.max(-MOST_SPREADS, Math.min(MOST_SPREADS, standardised)));
  return emit(firstColumn + 1 + bin, 1);
}

/** The bin of a number, the one behind the last for what is missing. */
export function binOf({ edges }: { edges: readonly number[] }, value: number): number {
  if (Number.isNaN(value)) return edges.length + 1;
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= edges[middle]!) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Encodes texts; made once per model, since it looks texts up. */
export function createTextEncoder(
  code: Extract<FeatureCode, { kind: 'texts' }>,
): (texts: readonly string[] | undefined, emit: EmitColumn) => void {
  const { firstColumn, texts: known, hashed } = code;
  const places = new Map(known.map((text, index) => [text, index]));
  return (texts, emit) => {
    if (!texts) return emit(firstColumn + known.length + hashed, 1);
    for (const text of texts) {
      const place = places.get(text) ?? (hashed > 0 ? known.length + (hashOf(text) % hashed) : undefined);
      if (place !== undefined) emit(firstColumn + place, 1);
    }
    return undefined;
  };
}

/** FNV-1a, 32 bits: only spreads rare texts over a few columns. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

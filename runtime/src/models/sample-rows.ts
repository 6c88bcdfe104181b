import type { Bucket } from '@sluice/shared/node-contract';
import type { StoredValue } from '../profiles/profile-record.ts';
import { type Column, type FeatureSource, isNumeric, toNumber, toTexts } from './column.ts';

/** A labelled profile as it is read: the values of the features in their order. */
export interface LabelledProfile {
  id: string;
  isPositive: boolean;
  values: readonly (StoredValue | undefined)[];
}

/** Profiles that a model is trained and judged on. */
export interface Sample {
  columns: Column[];
  /** 0 or 1 per row. */
  labels: Uint8Array;
  /** How many profiles a row stands for. */
  weights: Float64Array;
  /** Those that judge and take no part in the training. */
  isHeldOut: Uint8Array;
  /** Rows by which the strength of the penalty is chosen. */
  isTuning: Uint8Array;
  /** Profiles read, and positives among them. */
  profiles: number;
  positives: number;
}

export interface Sampler {
  add(profiles: readonly LabelledProfile[]): void;
  build(): Sample;
}

interface Row {
  chance: number;
  isHeldOut: boolean;
  isTuning: boolean;
  values: (number | readonly string[] | undefined)[];
}

const HELD_OUT = 0.25;
const TUNING = 0.2;
/** Values kept at most: what bounds the memory of a training. */
export const MOST_VALUES = 4_000_000;
const MOST_ROWS = 200_000;

/**
 * Keeps a sample of bounded size of however many profiles come. A class that grows beyond half of it is halved by the
 * hash of the profile's id, again and again, and its rows count for as many more: which profiles are kept depends on
 * ids and seed alone, neither on their order nor on chance. So does the part that is held out.
 */
export function createSampler(
  sources: readonly FeatureSource[],
  options: { seed: number; now: number; bucket: Bucket; mostRows?: number },
): Sampler {
  const { seed, now, bucket } = options;
  const mostRows = options.mostRows ?? Math.min(MOST_ROWS, Math.floor(MOST_VALUES / Math.max(1, sources.length)));
  const kept: Record<'positive' | 'negative', { rows: Row[]; chance: number }> = {
    positive: { rows: [], chance: 1 },
    negative: { rows: [], chance: 1 },
  };
  let profiles = 0;
  let positives = 0;
  const draw = (purpose: string, id: string) => bucket('model', purpose, id, String(seed));
  const interned = new Map<string, string>();

  function read(values: LabelledProfile['values']): Row['values'] {
    return sources.map(({ type }, index) => {
      if (isNumeric(type)) return toNumber(values[index], type, now);
      return toTexts(values[index], type)?.map((text) => intern(interned, text));
    });
  }

  return {
    add(batch) {
      for (const { id, isPositive, values } of batch) {
        profiles += 1;
        if (isPositive) positives += 1;
        const group = kept[isPositive ? 'positive' : 'negative'];
        const chance = draw('sample', id);
        if (chance >= group.chance) continue;
        const isHeldOut = draw('hold-out', id) < HELD_OUT;
        group.rows.push({
          chance,
          isHeldOut,
          isTuning: !isHeldOut && draw('tuning', id) < TUNING,
          values: read(values),
        });
        while (group.rows.length > mostRows / 2) {
          group.chance /= 2;
          group.rows = group.rows.filter((row) => row.chance < group.chance);
        }
      }
    },
    build() {
      const groups = [kept.positive, kept.negative];
      // Sums of floating point depend on their order: profiles that come otherwise must not give another model.
      for (const group of groups) group.rows.sort((one, other) => one.chance - other.chance);
      const rows = groups.flatMap((group) => group.rows);
      return {
        columns: sources.map(({ type }, index) => toColumn(rows, index, isNumeric(type))),
        labels: Uint8Array.from(rows, (_, row) => (row < kept.positive.rows.length ? 1 : 0)),
        weights: Float64Array.from(groups.flatMap((group) => group.rows.map(() => 1 / group.chance))),
        isHeldOut: Uint8Array.from(rows, (row) => Number(row.isHeldOut)),
        isTuning: Uint8Array.from(rows, (row) => Number(row.isTuning)),
        profiles,
        positives,
      };
    },
  };
}

function toColumn(rows: readonly Row[], index: number, isNumber: boolean): Column {
  if (isNumber) return { kind: 'number', values: Float64Array.from(rows, (row) => row.values[index] as number) };
  return { kind: 'texts', values: rows.map((row) => row.values[index] as readonly string[] | undefined) };
}

const MOST_INTERNED = 50_000;

/** Messages from another thread bring every text anew; thousands of rows share a few. */
function intern(known: Map<string, string>, text: string): string {
  const same = known.get(text);
  if (same !== undefined) return same;
  if (known.size < MOST_INTERNED) known.set(text, text);
  return text;
}

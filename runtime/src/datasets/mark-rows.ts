import { ulid } from 'ulid';

/** The part of an update that says who is to be looked at again. */
export type RowMark = (...profileIds: string[]) => {
  $set: { 'unsettled.version': string };
  $addToSet: { 'unsettled.profileIds': { $each: string[] } };
};

/** Marks rows that audiences look into, in the write that changes them (DS-3). */
export interface RowMarks {
  /** Undefined when no audience looks into the dataset: nothing is to be marked. */
  of(dataset: string): Promise<RowMark | undefined>;
  /** Marked rows are stored. */
  wake(): void;
}

export function createRowMarks(deps: {
  /** Datasets that audiences look into. */
  followed(): Promise<ReadonlyMap<string, unknown>>;
  clock: { now(): number };
  wake(): void;
}): RowMarks {
  return {
    async of(dataset) {
      if (!(await deps.followed()).has(dataset)) return undefined;
      const version = ulid(deps.clock.now());
      return (...profileIds) => ({
        $set: { 'unsettled.version': version },
        $addToSet: { 'unsettled.profileIds': { $each: profileIds } },
      });
    },
    wake: deps.wake,
  };
}

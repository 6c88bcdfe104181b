import type { Entry } from './entry.ts';
import { declareCollection } from '../stores/database.ts';

/** An entry into a flow, by the id of its profile. */
export type BatchEntry = Omit<Entry, 'profile'> & { profileId: string };

/**
 * A batch of runs under way: written before it touches a run, removed after its effects are confirmed. One that outlives
 * `until` belonged to a worker that died and is finished by another.
 *
 *   begun ──claim / insert──▶ held ──commit──▶ committed ──effects, tally──▶ confirmed (removed)
 *     └──────────── until passed ────────────▶ taken over: uncommitted runs released, committed ones finished
 */
export interface BatchRecord {
  _id: string;
  kind: 'enrol' | 'wake' | 'change';
  runIds: string[];
  /** Only for `enrol`: what is needed to finish the enrolment, and so to shut the door on a late insert. */
  enrol?: { flowId: string; version: number; trigger: string; entries: BatchEntry[] };
  startedAt: Date;
  until: Date;
}

export const batches = declareCollection<BatchRecord>('batches', [{ key: { until: 1 } }]);

/** How long a worker may take over one batch; batches take seconds. */
export const BATCH_LEASE_MS = 60_000;

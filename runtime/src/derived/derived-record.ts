import type { Derivation, RfmSegment } from '@sluice/shared/condition';
import { declareCollection } from '../stores/database.ts';

/** One going through of all profiles. */
export interface FillRecord {
  id: string;
  status: 'running' | 'done';
  /** The last profile that is done; what a crash repeats is one batch. */
  afterId?: string;
  /** Profiles looked at. */
  done: number;
  startedAt: Date;
  finishedAt: Date | null;
  /** Whoever holds it; a fill that was replaced or taken over stops. */
  fence?: string;
}

/** Where the scores of RFM change, and how many people are in which segment, as of the last fill. */
export interface RfmFigures {
  /** Four bounds each, rising; recency as the instant of the last order. */
  bounds: { recency: number[]; frequency: number[]; monetary: number[] };
  customers: number;
  segments: Record<RfmSegment, number>;
  at: Date;
}

export interface DerivedRecord {
  /** The attribute's name, of RFM the beginning of its attributes' names. */
  _id: string;
  derivation: Derivation;
  description: string;
  /** Rises with each change of the derivation. */
  revision: number;
  fill: FillRecord;
  rfm?: RfmFigures;
  /** Its values are being taken away. */
  isDeleted?: true;
  createdAt: Date;
  updatedAt: Date;
  updatedBy: string;
}

export const derivedAttributes = declareCollection<DerivedRecord>('derivedAttributes');

/** When time alone may change a derived value. */
export interface DerivedDueRecord {
  /** `name/profileId`. */
  _id: string;
  name: string;
  profileId: string;
  recheckAt: Date;
}

export const derivedDue = declareCollection<DerivedDueRecord>('derivedDue', [{ key: { recheckAt: 1 } }]);

import type { Condition } from '@sluice/shared/condition';
import type { AudienceKind, MemberSource, PeopleList } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import type { SourcePlan } from './member-source.ts';
import { declareCollection } from '../stores/database.ts';

/**
 * One walk through all profiles that brings the members up to the condition.
 *
 * running → done | cancelled | failed; a new one replaces it. `afterId` is a checkpoint, never ahead of what is written.
 */
export interface ExtractionRecord {
  id: string;
  status: 'running' | 'done' | 'cancelled' | 'failed';
  problem?: { 'zh-CN': string; 'en-US': string };
  /** What the source fixed for this walk, and as of when. */
  plan?: SourcePlan;
  /** Whether its changes are told to whoever follows memberships. */
  isAnnounced: boolean;
  afterId?: string;
  entered: number;
  left: number;
  /** Of the worker that holds it; another one takes it over by putting its own. */
  fence?: string;
  startedAt: Date;
  finishedAt: Date | null;
}

/** Taking the people of a list into a manual audience, one page of it after the other; gone when that is done. */
export interface FillingRecord {
  list: PeopleList;
  /** Of whoever asked: a search finds by attributes what that role may see of them. */
  role: Role;
  /** Where the next page begins: never ahead of what is written. */
  after: string | null;
  /** Of the worker that holds it; another one takes it over by putting its own. */
  fence?: string;
}

export interface AudienceRecord {
  _id: string;
  name: string;
  description: string;
  kind: AudienceKind;
  /** Null for a manual audience, and where a source says who its members are. */
  condition: Condition | null;
  source?: MemberSource;
  revision: number;
  /** Counted at the end of an extraction and kept by differences since; a sweep counts again. */
  size: number;
  sizes: { at: Date; size: number }[];
  refreshedAt: Date | null;
  extraction: ExtractionRecord | null;
  filling?: FillingRecord;
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
  /** It is gone for everybody; its members are being removed. */
  isDeleted?: true;
}

export const audiences = declareCollection<AudienceRecord>('audiences', [
  { key: { updatedAt: -1, _id: -1 } },
  // A deleted audience gives its name free at once: it is renamed to its id.
  { key: { name: 1 }, options: { unique: true } },
]);

/** Sizes remembered, for the curve. */
export const MAX_SIZES = 120;

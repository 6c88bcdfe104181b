import type { Rejection } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { AudienceUpkeep } from '../audiences/keep-current.ts';
import type { MemberChanger } from '../audiences/change-members.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { DerivedUpkeep } from '../derived/derived-upkeep.ts';
import type { RowWriter } from '../datasets/write-rows.ts';
import type { ValueGate } from '../quality/value-gate.ts';
import type { Database } from '../stores/database.ts';
import type { ImportedRow } from './compile-mapping.ts';
import { createImportJournal, type ImportJournal } from './import-journal.ts';
import type { ImportRecord } from './import-record.ts';
import { createEventTarget } from './write-events.ts';
import { createRowTarget } from './write-dataset-rows.ts';
import { createMemberTarget } from './write-members.ts';
import { createProfileTarget } from './write-profiles.ts';

export interface TargetDeps {
  database: Database;
  dictionary: Dictionary;
  clock: Clock;
  upkeep: AudienceUpkeep;
  changer: MemberChanger;
  rowWriter: RowWriter;
  gate: Pick<ValueGate, 'admit' | 'sourced'>;
  derived: { upkeep: Pick<DerivedUpkeep, 'workOutAgain'> };
  /** Everything that follows from what is known of these profiles. */
  judgeAgain(profileIds: readonly string[]): Promise<void>;
}

/** The import that writes. */
export interface Writing {
  importId: string;
  startedAt: Date;
  mapping: NonNullable<ImportRecord['mapping']>;
  journal: ImportJournal;
}

/** What the rows of an import become. */
export interface ImportTarget {
  /** Rows that are written and checkpointed together; what a crash repeats. */
  batch: number;
  /**
   * Writes a batch, of which `firstRow` is the number of the first row read; done again it changes nothing (IMP-2). Answers
   * the rows that turned out not to fit.
   */
  write(rows: readonly ImportedRow[], firstRow: number): Promise<Rejection[]>;
}

export function createTarget(deps: TargetDeps, record: ImportRecord): ImportTarget {
  const { _id: importId, mapping, startedAt } = record;
  if (!mapping || !startedAt) throw new Error(`The import ${importId} has not started`);
  const writing = { importId, startedAt, mapping, journal: createImportJournal(deps.database, importId, startedAt) };
  if (mapping.dataset !== undefined) return createRowTarget(deps, writing, mapping.dataset);
  if (mapping.members) return createMemberTarget(deps, writing, mapping.members);
  return mapping.event ? createEventTarget(deps, writing) : createProfileTarget(deps, writing);
}

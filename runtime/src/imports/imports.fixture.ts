import { Readable } from 'node:stream';
import type { ImportMapping } from '@sluice/shared/http-api';
import { pino } from 'pino';
import { openTestDatabase, type TestDatabase } from '../../test/open-test-database.ts';
import { createReadLevels } from '../access/read-level.ts';
import { createAudienceIndex } from '../audiences/audience-index.ts';
import { audiences } from '../audiences/audience-record.ts';
import { memberships } from '../audiences/membership-record.ts';
import { composeAudiences } from '../composition/audiences.ts';
import { composeDatasets, composeRows } from '../composition/datasets.ts';
import { createDatasetIndex } from '../datasets/dataset-index.ts';
import { datasetRows, datasets as declared } from '../datasets/dataset-record.ts';
import { createDictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions, eventDefinitions } from '../conditions/dictionary-record.ts';
import { createDerivedIndex } from '../derived/derived-index.ts';
import { createValueGate } from '../quality/value-gate.ts';
import { composeDerived } from '../composition/derived.ts';
import type { SourceReaders } from '../audiences/member-source.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { profileMerges } from '../identities/merge-record.ts';
import { events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { importJournal } from './import-journal.ts';
import { importRejections, imports as importCollection } from './import-record.ts';
import { createImports } from './imports.ts';
import type { StoredFile } from './stored-file.ts';

export type Job = Parameters<Parameters<Scheduler['define']>[1]>[1];
type Columns = readonly [string, ImportMapping['columns'][number]['type']][];

export const IMPORT_COLLECTIONS = [
  profiles,
  profileMerges,
  events,
  declared,
  datasetRows,
  audiences,
  memberships,
  importCollection,
  importRejections,
  importJournal,
];

const LEFT_BY_OTHERS = [attributeDefinitions, eventDefinitions, { name: 'uploads.files' }, { name: 'uploads.chunks' }];

/** Imports on a store, with the parts that follow what they write; without clock work but that of `scheduler`. */
export function composeImports(database: TestDatabase['database'], scheduler: Scheduler, timeZone = 'UTC') {
  const log = pino({ level: 'silent' });
  const clock = { now: Date.now };
  const core = { database, clock, log };
  const dictionary = createDictionary(core);
  const index = createAudienceIndex(core);
  const datasetIndex = createDatasetIndex(core);
  const rows = composeRows(core, { datasetIndex, index, wake: () => saved.upkeep.wake() });
  const reader = createMongoConditionReader({ database, dictionary });
  const readLevels = createReadLevels({ dictionary });
  const sources = {} as SourceReaders;
  const saved = composeAudiences(core, { index, reader, scheduler, timeZone, sources, readLevels, rows: rows.keeper });
  const { rowWriter, datasets } = composeDatasets(core, rows.joining, { scheduler, dictionary, watch: saved.upkeep });
  const gate = createValueGate({ database, timeZone, dictionary });
  const derived = composeDerived(core, {
    index: createDerivedIndex(core),
    dictionary,
    reader,
    scheduler,
    timeZone,
    watch: saved.upkeep,
  });
  const judgeAgain = (profileIds: readonly string[]) => saved.upkeep.judgeAgain(profileIds);
  const imports = createImports({
    ...core,
    ...saved,
    dictionary,
    timeZone,
    scheduler,
    gate,
    derived,
    rowWriter,
    judgeAgain,
  });
  return { dictionary, datasets, saved, imports, log, readLevels };
}

/** Imports whose jobs run when told to. */
export async function openImports() {
  const opened = await openTestDatabase(IMPORT_COLLECTIONS);
  const compose = () => {
    const manual = createManualScheduler();
    return { ...composeImports(opened.database, manual.scheduler, 'Asia/Shanghai'), runDue: manual.runDue };
  };
  let parts = compose();
  const opening = {
    database: opened.database,
    get imports() {
      return parts.imports;
    },
    get datasets() {
      return parts.datasets;
    },
    get saved() {
      return parts.saved;
    },
    get dictionary() {
      return parts.dictionary;
    },
    runDue: (job?: Partial<Job>) => parts.runDue(job),
    /** As after a restart: nothing is known but what is stored. */
    restart(): void {
      parts = compose();
    },
    upload: (content: string | Buffer, fileName = 'people.csv') =>
      parts.imports.upload({ fileName, stream: Readable.from([Buffer.from(content as string)]) }),
    /** Uploads, starts and runs to the end. */
    async importFile(content: string | Buffer, mapping: ImportMapping, fileName?: string) {
      const { id } = await opening.upload(content, fileName);
      await parts.imports.start(id, mapping);
      await parts.runDue();
      return parts.imports.get(id);
    },
    async undo(importId: string) {
      await parts.imports.undo(importId);
      await parts.runDue();
      return parts.imports.get(importId);
    },
    people: () => opened.database.collection(profiles).find().sort({ userId: 1 }).toArray(),
    async empty(): Promise<void> {
      for (const { name } of [...IMPORT_COLLECTIONS, ...LEFT_BY_OTHERS])
        await opened.database.db.collection(name).deleteMany({});
    },
    async close(): Promise<void> {
      await parts.saved.stop();
      await parts.dictionary.close();
      await opened.close();
    },
  };
  return opening;
}

export const byColumn = (column: string, ...columns: Columns): ImportMapping => ({
  identity: { kind: 'column', column },
  columns: columns.map(([name, type]) => ({ column: name, attribute: name, type })),
  computed: [],
});

/** A file in memory, handed out in pieces. */
export function fileOf(bytes: Buffer, piece = 65_536): StoredFile {
  return {
    bytes: bytes.length,
    stream({ from, to } = { from: 0, to: bytes.length }) {
      function* pieces() {
        for (let at = from; at < to; at += piece) yield bytes.subarray(at, Math.min(to, at + piece));
      }
      return Readable.from(pieces());
    },
  };
}

function createManualScheduler() {
  const runs = new Map<string, (payload: never, job: Job) => Promise<void>>();
  const due = new Map<string, { name: string; payload: object }>();
  const scheduler: Scheduler = {
    define: (name, run) => void runs.set(name, run as never),
    at: async (name, key, _runAt, payload) => void due.set(`${name} ${key}`, { name, payload }),
    every: async () => {},
    cancelPrefix: async () => {},
    start: async () => {},
    stop: async () => {},
  };
  async function runDue(job: Partial<Job> = {}): Promise<number> {
    const jobs = [...due.values()];
    due.clear();
    for (const { name, payload } of jobs)
      await runs.get(name)?.(payload as never, { touch: async () => {}, signal: new AbortController().signal, ...job });
    return jobs.length;
  }
  return { scheduler, runDue };
}

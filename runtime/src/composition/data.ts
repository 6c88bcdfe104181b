import { readsOf } from '@sluice/shared/condition';
import { createReadLevels } from '../access/read-level.ts';
import { type AudienceMap, createAudienceIndex } from '../audiences/audience-index.ts';
import { createDictionary } from '../conditions/dictionary.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { createRecentConditions } from '../conditions/recent-conditions.ts';
import { createCaseDeriver } from '../derived/derive-cases.ts';
import { createDatasetIndex } from '../datasets/dataset-index.ts';
import { createDerivedIndex } from '../derived/derived-index.ts';
import { createEventLog, type DictionaryObserver } from '../ingest/event-log.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import type { Pair } from '../identities/merges.ts';
import { createIngest } from '../ingest/ingest.ts';
import { createQualityTally } from '../quality/quality-tally.ts';
import { createValueGate } from '../quality/value-gate.ts';
import { createModelSource } from '../models/model-source.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { createStatementSource } from '../sql/statement-source.ts';
import { createStatements } from '../sql/statements.ts';
import { composeAudiences } from './audiences.ts';
import { composeDatasets, composeRows } from './datasets.ts';
import { composeDerived } from './derived.ts';
import type { Core } from './core.ts';

const toFacts = ({ names, kinds, dynamic }: AudienceMap) => ({
  audiences: names,
  audienceReads: new Map([...dynamic].map(([id, { condition }]) => [id, readsOf(condition).attributes] as const)),
  manualAudiences: new Set([...kinds].flatMap(([id, kind]) => (kind === 'manual' ? [id] : []))),
});

/** Data in and conditions over it. `onEvents` hears of every new event once it is durable. */
export function composeData(
  core: Core,
  parts: {
    scheduler: Scheduler;
    timeZone: string;
    onEvents: (events: readonly EventRecord[], batch: string) => void;
    onRecognised: (pairs: readonly Pair[]) => Promise<void>;
  },
) {
  const { onEvents, onRecognised } = parts;
  const index = createAudienceIndex(core);
  const datasetIndex = createDatasetIndex(core);
  const dictionary = createDictionary({
    ...core,
    audiences: async () => toFacts(await index.current()),
    datasets: datasetIndex.columnTypes,
  });
  const reader = createMongoConditionReader({ ...core, dictionary });
  const derivedIndex = createDerivedIndex(core);
  const deriver = createCaseDeriver({ ...core, ...parts, index: derivedIndex, dictionary });
  const statements = createStatements({ ...core, dictionary, index, datasetIndex });
  const sources = {
    model: createModelSource({ ...core, reader }),
    sql: createStatementSource({ ...core, statements, mayRead: () => true }),
  };
  const readLevels = createReadLevels({ dictionary, columns: datasetIndex.handling });
  const rows = composeRows(core, { datasetIndex, index, wake: () => audiences.upkeep.wake() });
  const audiences = composeAudiences(core, {
    ...parts,
    index,
    reader,
    deriver,
    sources,
    readLevels,
    rows: rows.keeper,
  });
  const watch = audiences.upkeep;
  const at = () => new Date(core.clock.now());
  const observer: DictionaryObserver = {
    observeEvents: (events) => dictionary.observe({ events, at: at() }),
    observeAttributes: (attributes) => dictionary.observe({ attributes, at: at() }),
  };
  const tally = createQualityTally(core);
  const onStored = (events: readonly EventRecord[], batch: string) => {
    tally.observeEvents(events);
    onEvents(events, batch);
  };
  const eventLog = createEventLog({ ...core, dictionary: observer, onStored });
  const gate = createValueGate({ ...core, ...parts, dictionary, derived: deriver, onTally: tally.observeWrites });
  const wide = composeDatasets(core, rows.joining, { ...parts, dictionary, watch });
  const derived = composeDerived(core, { ...parts, index: derivedIndex, dictionary, reader, watch });
  return {
    /** Everything that follows from what is known of these profiles. */
    async judgeAgain(profileIds: readonly string[]) {
      await derived.upkeep.workOutAgain(profileIds);
      await wide.join(profileIds);
      await audiences.upkeep.judgeAgain(profileIds);
    },
    ...wide,
    datasetIndex,
    gate,
    tally,
    dictionary,
    readLevels,
    reader,
    recent: createRecentConditions(core),
    index,
    watch,
    derived,
    saved: audiences,
    statements,
    eventLog,
    ingest: createIngest({ ...core, eventLog, dictionary: observer, watch, gate, onRecognised }),
  };
}

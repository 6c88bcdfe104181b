import { createDictionary } from '../conditions/dictionary.ts';
import { createMongoConditionReader } from '../conditions/mongo-condition-reader.ts';
import { createEventLog, type DictionaryObserver } from '../ingest/event-log.ts';
import type { EventRecord } from '../ingest/event-record.ts';
import { createIngest } from '../ingest/ingest.ts';
import type { Core } from './core.ts';

/** Data in and conditions over it. `onEvents` hears of every new event once it is durable. */
export function composeData(core: Core, onEvents: (events: readonly EventRecord[]) => void) {
  const dictionary = createDictionary(core);
  const at = () => new Date(core.clock.now());
  const observer: DictionaryObserver = {
    observeEvents: (events) => dictionary.observe({ events, at: at() }),
    observeAttributes: (attributes) => dictionary.observe({ attributes, at: at() }),
  };
  const eventLog = createEventLog({ ...core, dictionary: observer, onStored: onEvents });
  return {
    dictionary,
    reader: createMongoConditionReader({ ...core, dictionary }),
    eventLog,
    ingest: createIngest({ ...core, eventLog, dictionary: observer }),
  };
}

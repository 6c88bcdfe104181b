import type { ConditionDictionary } from '@sluice/shared/condition';
import { AppError } from '@sluice/shared/errors';
import {
  type AttributeDeclaration,
  type AttributeDefinition,
  type AttributeRule,
  DEFAULT_SENSITIVITY,
  type EventDefinition,
  type MergeRule,
  type ValueType,
} from '@sluice/shared/model';
import { type Clock, DAY_MS } from '@sluice/shared/time';
import type { AnyBulkWriteOperation } from 'mongodb';
import type { Logger } from 'pino';
import type { AttributeHandling, AttributeLens } from '../access/read-level.ts';
import type { Database } from '../stores/database.ts';
import {
  type AttributeDefinitionRecord,
  attributeDefinitions,
  type EventDefinitionRecord,
  eventDefinitions,
} from './dictionary-record.ts';
import {
  createObservationBuffer,
  MAX_NAMES,
  MAX_SAMPLES,
  type Observation,
  type SeenAttribute,
  type SeenEvent,
} from './observation-buffer.ts';

/** The data dictionary: which attributes and events exist, of which type, and when they were last seen. */
export interface Dictionary {
  /** Types of attributes, at most a second old. */
  types(): Promise<ReadonlyMap<string, ValueType>>;
  /** What the check of a condition may look at, at most a second old. */
  checkingFacts(): Promise<ConditionDictionary>;
  /** How attributes are to be handled, those that somebody has said it of; at most a second old. */
  handling(): Promise<ReadonlyMap<string, AttributeHandling>>;
  /** What values of attributes must be like, where there is a rule; at most a second old. */
  rules(): Promise<ReadonlyMap<string, AttributeRule>>;
  /** Which of two values a merged profile keeps, where somebody has said it; at most a second old. */
  mergeRules(): Promise<ReadonlyMap<string, MergeRule>>;
  /** The attributes of which it is noted who wrote them last; at most a second old. */
  sourced(): Promise<ReadonlySet<string>>;
  /** How attributes are called on screen, those that have such a name. */
  displayNames(): Promise<ReadonlyMap<string, string>>;
  /** As the holder of the lens may see them: hidden ones left out, without values of masked ones. */
  listAttributes(lens: AttributeLens): Promise<AttributeDefinition[]>;
  listEvents(): Promise<EventDefinition[]>;
  /** Gives attributes a type before their first value arrives; a type that stands already is kept. */
  declare(types: ReadonlyMap<string, ValueType>): Promise<void>;
  /** Names of attributes that were deleted and have not come back, as the holder of the lens may know them. */
  listDeleted(lens: AttributeLens): Promise<string[]>;
  /** From now on nobody may ask about it, until a value of it arrives. Throws `not-found`. */
  delete(name: string, by: string): Promise<void>;
  /** Says what an attribute is and must be like; the type of its rule becomes its type. Throws `not-found`. */
  describe(name: string, declaration: AttributeDeclaration): Promise<void>;
  /**
   * Notes what arrived. Cheap: summed up in memory and written about once a second, so a crash may lose the last second
   * of counts and samples, never a profile or event.
   */
  observe(observation: Observation): void;
  /** Writes what was observed. */
  flush(): Promise<void>;
  /** Writes what was observed and stops the timer. */
  close(): Promise<void>;
}

const FRESH_MS = 1000;
const FLUSH_EVERY_MS = 1000;
const STALE_AFTER_MS = 30 * DAY_MS;

interface Definitions {
  readAt: number;
  attributes: AttributeDefinitionRecord[];
  events: EventDefinitionRecord[];
}

export function createDictionary(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  /** The saved audiences; absent, conditions and nodes may name any. */
  audiences?: () => Promise<
    Required<Pick<ConditionDictionary, 'audiences' | 'manualAudiences'>> & Pick<ConditionDictionary, 'audienceReads'>
  >;
  /** Types of columns by dataset; absent, conditions may name any. */
  datasets?: () => Promise<NonNullable<ConditionDictionary['datasets']>>;
}): Dictionary {
  const attributes = deps.database.collection(attributeDefinitions);
  const events = deps.database.collection(eventDefinitions);
  const buffer = createObservationBuffer();
  let cached: Promise<Definitions> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  async function read(): Promise<Definitions> {
    const [attributeRows, eventRows] = await Promise.all([
      attributes.find().sort({ _id: 1 }).limit(MAX_NAMES).toArray(),
      events.find().sort({ _id: 1 }).limit(MAX_NAMES).toArray(),
    ]);
    return { readAt: deps.clock.now(), attributes: attributeRows, events: eventRows };
  }

  async function definitions(): Promise<Definitions> {
    const held = await cached?.catch(() => undefined);
    if (held && Math.abs(deps.clock.now() - held.readAt) < FRESH_MS) return held;
    cached = read();
    return cached;
  }

  async function write(): Promise<void> {
    const seen = buffer.take();
    if (seen.attributes.size === 0 && seen.events.size === 0) return;
    const known = await read();
    const knownAttributes = new Map(known.attributes.map((row) => [row._id, row]));
    const attributeWrites = [...seen.attributes]
      .filter(([name]) => knownAttributes.has(name) || knownAttributes.size < MAX_NAMES)
      .flatMap(([name, sight]) => writeAttribute(name, sight, knownAttributes.get(name)));
    const knownEvents = new Map(known.events.map((row) => [row._id, row]));
    const eventWrites = [...seen.events]
      .filter(([name]) => knownEvents.has(name) || knownEvents.size < MAX_NAMES)
      .map(([name, sight]) => writeEvent(name, sight, knownEvents.get(name)));
    if (attributeWrites.length > 0) await attributes.bulkWrite(attributeWrites, { ordered: false });
    if (eventWrites.length > 0) await events.bulkWrite(eventWrites, { ordered: false });
    cached = undefined;
  }

  function flush(): Promise<void> {
    // One after the other: two writers at once would both take a name for new.
    writing = writing.then(write).catch((error: unknown) => {
      deps.log.warn({ err: error }, 'the data dictionary missed what arrived in the last second');
    });
    return writing;
  }

  return {
    async types() {
      return new Map((await definitions()).attributes.filter(isPresent).map(({ _id, type }) => [_id, type]));
    },
    async checkingFacts() {
      const facts = toCheckingFacts(await definitions(), deps.clock.now());
      const [audiences, datasets] = await Promise.all([deps.audiences?.(), deps.datasets?.()]);
      return { ...facts, ...audiences, ...(datasets && { datasets }) };
    },
    async handling() {
      return new Map(
        (await definitions()).attributes.flatMap(({ _id, declaration }) => (declaration ? [[_id, declaration]] : [])),
      );
    },
    async rules() {
      return new Map(
        (await definitions()).attributes.flatMap(({ _id, declaration }) =>
          declaration?.rule ? [[_id, declaration.rule]] : [],
        ),
      );
    },
    async mergeRules() {
      return new Map(
        (await definitions()).attributes.flatMap(({ _id, declaration }) =>
          declaration?.onMerge ? [[_id, declaration.onMerge]] : [],
        ),
      );
    },
    async sourced() {
      return new Set((await definitions()).attributes.flatMap(({ _id, isSourced }) => (isSourced ? [_id] : [])));
    },
    async displayNames() {
      return new Map(
        (await definitions()).attributes.flatMap(({ _id, declaration }) =>
          declaration?.displayName ? [[_id, declaration.displayName]] : [],
        ),
      );
    },
    async listAttributes(lens) {
      return (await definitions()).attributes
        .filter((record) => isPresent(record) && lens.readLevel(record._id) !== 'hidden')
        .map((record) => toAttributeDefinition(record, lens));
    },
    async listDeleted(lens) {
      return (await definitions()).attributes
        .filter((record) => !isPresent(record) && lens.readLevel(record._id) !== 'hidden')
        .map(({ _id }) => _id);
    },
    async listEvents() {
      return (await definitions()).events.map(toEventDefinition);
    },
    async declare(types) {
      const lastSeenAt = new Date(deps.clock.now());
      const writes = [...types].map(
        ([name, type]): AnyBulkWriteOperation<AttributeDefinitionRecord> => ({
          updateOne: {
            filter: { _id: name },
            update: { $setOnInsert: { type, samples: [], lastSeenAt } },
            upsert: true,
          },
        }),
      );
      // A name that was deleted is free to be declared anew.
      const again = [...types].map(
        ([name, type]): AnyBulkWriteOperation<AttributeDefinitionRecord> => ({
          updateOne: { filter: { _id: name, deleted: { $exists: true } }, update: revival(type, lastSeenAt) },
        }),
      );
      if (writes.length > 0) await attributes.bulkWrite([...writes, ...again]);
      cached = undefined;
    },
    async delete(name, by) {
      const { matchedCount } = await attributes.updateOne(
        { _id: name, ...PRESENT },
        {
          $set: { deleted: { at: new Date(deps.clock.now()), by }, isClearing: true, samples: [] },
          $unset: { otherTypes: true },
        },
      );
      cached = undefined;
      if (matchedCount === 0) throw unknown(name);
    },
    async describe(name, declaration) {
      const { type } = declaration.rule ?? {};
      const { matchedCount } = await attributes.updateOne(
        { _id: name, ...PRESENT },
        {
          $set: { declaration, ...(type && { type }), ...(Array.isArray(declaration.onMerge) && { isSourced: true }) },
          ...(type && { $pull: { otherTypes: type } }),
        },
      );
      cached = undefined;
      if (matchedCount === 0) throw unknown(name);
    },
    observe(observation) {
      buffer.add(observation);
      timer ??= setTimeout(() => {
        timer = undefined;
        void flush();
      }, FLUSH_EVERY_MS).unref();
    },
    flush,
    async close() {
      clearTimeout(timer);
      await flush();
    },
  };
}

const PRESENT = { deleted: { $exists: false } } as const;

function isPresent({ deleted }: AttributeDefinitionRecord): boolean {
  return deleted === undefined;
}

/** It is there again, as if new but for what was said of it. */
function revival(type: ValueType, lastSeenAt: Date) {
  return { $set: { type, lastSeenAt }, $unset: { deleted: true as const } };
}

function unknown(name: string): AppError {
  return new AppError('not-found', `The dictionary knows no attribute ${name}`, { details: { what: 'attribute' } });
}

function writeAttribute(
  name: string,
  sight: SeenAttribute,
  known: AttributeDefinitionRecord | undefined,
): AnyBulkWriteOperation<AttributeDefinitionRecord>[] {
  if (known?.deleted) {
    // What arrived before it was deleted has only been noted late.
    if (!sight.type || sight.lastSeenAt <= known.deleted.at) return [];
    const type = known.declaration?.rule?.type ?? sight.type;
    return [{ updateOne: { filter: { _id: name }, update: revival(type, sight.lastSeenAt) } }];
  }
  const type = known?.type ?? sight.type;
  // Only nulls so far: nothing to say yet.
  if (!type) return [];
  const otherTypes = [...sight.types].filter((each) => each !== type);
  const room = Math.max(0, MAX_SAMPLES - (known?.samples.length ?? 0));
  const samples = [...sight.samples].filter((sample) => !known?.samples.includes(sample)).slice(0, room);
  const addToSet = {
    ...(otherTypes.length > 0 && { otherTypes: { $each: otherTypes } }),
    ...(samples.length > 0 && { samples: { $each: samples } }),
  };
  const update = {
    $setOnInsert: { type, ...(samples.length === 0 && { samples: [] }) },
    $max: { lastSeenAt: sight.lastSeenAt },
    ...(Object.keys(addToSet).length > 0 && { $addToSet: addToSet }),
  };
  return [{ updateOne: { filter: { _id: name }, update, upsert: true } }];
}

function writeEvent(
  name: string,
  sight: SeenEvent,
  known: EventDefinitionRecord | undefined,
): AnyBulkWriteOperation<EventDefinitionRecord> {
  const fresh = [...sight.properties].filter(([property]) => !Object.hasOwn(known?.properties ?? {}, property));
  return {
    updateOne: {
      filter: { _id: name },
      update: {
        $inc: { count: sight.count },
        $max: { lastSeenAt: sight.lastSeenAt },
        ...(fresh.length > 0
          ? { $set: Object.fromEntries(fresh.map(([property, type]) => [`properties.${property}`, type])) }
          : { $setOnInsert: { properties: {} } }),
      },
      upsert: true,
    },
  };
}

function toCheckingFacts({ attributes: all, events }: Definitions, now: number): ConditionDictionary {
  const attributes = all.filter(isPresent);
  return {
    deletedAttributes: new Set(all.filter((record) => !isPresent(record)).map(({ _id }) => _id)),
    attributes: new Map(attributes.map(({ _id, type }) => [_id, type])),
    events: new Set(events.map(({ _id }) => _id)),
    properties: new Map(events.map(({ _id, properties }) => [_id, new Map(Object.entries(properties))])),
    retyped: new Set(attributes.filter(({ otherTypes }) => otherTypes?.length).map(({ _id }) => _id)),
    lastSeenAt: {
      attributes: new Map(attributes.map(({ _id, lastSeenAt }) => [_id, lastSeenAt.getTime()])),
      events: new Map(events.map(({ _id, lastSeenAt }) => [_id, lastSeenAt.getTime()])),
    },
    now,
    staleAfterMs: STALE_AFTER_MS,
  };
}

function toAttributeDefinition(record: AttributeDefinitionRecord, lens: AttributeLens): AttributeDefinition {
  const { _id: name, type, declaration = { sensitivity: DEFAULT_SENSITIVITY }, samples, lastSeenAt } = record;
  const rights = lens.rightsOf(name);
  const shown = rights.read === 'plain' ? samples.slice(0, MAX_SAMPLES) : [];
  return { name, type, ...declaration, rights, samples: shown, lastSeenAt: lastSeenAt.toISOString() };
}

function toEventDefinition({ _id, properties, count, lastSeenAt }: EventDefinitionRecord): EventDefinition {
  return { name: _id, properties, count, lastSeenAt: lastSeenAt.toISOString() };
}

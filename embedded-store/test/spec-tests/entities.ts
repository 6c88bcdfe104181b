import {
  type AbstractCursor,
  type ClientSession,
  type CommandFailedEvent,
  type CommandStartedEvent,
  type CommandSucceededEvent,
  type Db,
  GridFSBucket,
  MongoClient,
} from 'mongodb';
import type { EntitySpec } from './spec-file.ts';

/** A command event as the driver reported it, under the name the test files use. */
export interface SeenEvent {
  kind: string;
  event: CommandStartedEvent | CommandSucceededEvent | CommandFailedEvent;
}

const eventNames: Record<string, 'commandStarted' | 'commandSucceeded' | 'commandFailed'> = {
  commandStartedEvent: 'commandStarted',
  commandSucceededEvent: 'commandSucceeded',
  commandFailedEvent: 'commandFailed',
};
/** Never listed by the files: handshakes, and what a runner itself needs. */
const unlistedCommands = new Set(['hello', 'ismaster', 'isMaster', 'configureFailPoint', 'endSessions']);

/** The clients, databases, collections, buckets, sessions and saved results of one test. */
export class Entities {
  readonly #url: string;
  readonly #byId = new Map<string, unknown>();
  readonly #events = new Map<string, SeenEvent[]>();

  constructor(url: string) {
    this.#url = url;
  }

  find = (id: string): unknown => {
    if (!this.#byId.has(id)) throw new Error(`The test names an entity that it has not made: ${id}`);
    return this.#byId.get(id);
  };

  save(id: string, value: unknown): void {
    this.#byId.set(id, value);
  }

  eventsOf(client: string): SeenEvent[] {
    return this.#events.get(client) ?? [];
  }

  create(kind: string, spec: EntitySpec): void {
    const makers: Record<string, (spec: EntitySpec) => unknown> = {
      client: (spec) => this.#createClient(spec),
      database: ({ client, databaseName, databaseOptions }) =>
        (this.find(String(client)) as MongoClient).db(String(databaseName), (databaseOptions ?? {}) as never),
      collection: ({ database, collectionName, collectionOptions }) =>
        (this.find(String(database)) as Db).collection(String(collectionName), (collectionOptions ?? {}) as never),
      bucket: ({ database, bucketOptions }) =>
        new GridFSBucket(this.find(String(database)) as Db, (bucketOptions ?? {}) as never),
      session: ({ client, sessionOptions }) =>
        (this.find(String(client)) as MongoClient).startSession((sessionOptions ?? {}) as never),
    };
    const make = makers[kind];
    if (!make) throw new Error(`The runner cannot make an entity of the kind ${kind}`);
    this.#byId.set(spec.id, make(spec));
  }

  #createClient({ id, uriOptions, serverApi, observeEvents, ignoreCommandMonitoringEvents }: EntitySpec): MongoClient {
    const client = new MongoClient(this.#url, {
      monitorCommands: true,
      ...(uriOptions as object | undefined),
      ...(serverApi ? { serverApi: serverApi as never } : {}),
    });
    const seen: SeenEvent[] = [];
    const ignored = new Set((ignoreCommandMonitoringEvents ?? []) as string[]);
    this.#events.set(id, seen);
    for (const kind of (observeEvents ?? []) as string[]) {
      const name = eventNames[kind];
      if (!name) continue;
      client.on(name, (event: SeenEvent['event']) => {
        if (!unlistedCommands.has(event.commandName) && !ignored.has(event.commandName)) seen.push({ kind, event });
      });
    }
    return client;
  }

  async close(): Promise<void> {
    for (const entity of this.#byId.values()) {
      const closable = entity as Partial<AbstractCursor & ClientSession & MongoClient>;
      if (entity instanceof MongoClient) continue;
      if (typeof closable?.endSession === 'function') await closable.endSession();
      else if (isCursor(entity)) await entity.close();
    }
    for (const entity of this.#byId.values()) if (entity instanceof MongoClient) await entity.close();
  }
}

function isCursor(entity: unknown): entity is AbstractCursor {
  return typeof (entity as AbstractCursor | undefined)?.tryNext === 'function';
}

import { MongoClient, MongoServerError } from 'mongodb';
import { Entities } from './entities.ts';
import { findDifference, show } from './match-expected.ts';
import { reasonNotApplicable } from './not-applicable.ts';
import { runOperation } from './operations.ts';
import { isMet, type ServerFacts } from './requirements.ts';
import type { CollectionData, ExpectedError, ExpectedEvents, Operation, SpecFile, SpecTest } from './spec-file.ts';

export type Verdict = { kind: 'passed' } | { kind: 'failed'; why: string } | { kind: 'not-applicable'; reason: string };

export interface TestReport {
  file: string;
  test: string;
  verdict: Verdict;
}

/** Runs every test of a file against a server. `isEmbedded` heeds the table of what cannot apply to the embedded store. */
export async function runSpecFile(
  file: SpecFile,
  server: ServerFacts & { url: string; isEmbedded: boolean },
): Promise<TestReport[]> {
  const reports: TestReport[] = [];
  for (const test of file.tests) {
    reports.push({ file: file.path, test: test.description, verdict: await judge(file, test, server) });
  }
  return reports;
}

async function judge(
  file: SpecFile,
  test: SpecTest,
  server: ServerFacts & { url: string; isEmbedded: boolean },
): Promise<Verdict> {
  const listed = server.isEmbedded ? reasonNotApplicable(file.path, test.description) : undefined;
  if (listed) return { kind: 'not-applicable', reason: listed };
  if (test.skipReason) return { kind: 'not-applicable', reason: `the file says: ${test.skipReason}` };
  const unmet = isMet(file.runOnRequirements, server) ?? isMet(test.runOnRequirements, server);
  if (unmet) return { kind: 'not-applicable', reason: unmet };
  const client = new MongoClient(server.url);
  const entities = new Entities(server.url);
  try {
    await prepare(client, file.initialData ?? []);
    for (const made of file.createEntities ?? []) {
      for (const [kind, spec] of Object.entries(made)) entities.create(kind, spec);
    }
    for (const operation of test.operations) await check(operation, entities, client);
    for (const expected of test.expectEvents ?? []) checkEvents(expected, entities);
    await checkOutcome(client, test.outcome ?? []);
    return { kind: 'passed' };
  } catch (error) {
    return { kind: 'failed', why: error instanceof Error ? error.message : String(error) };
  } finally {
    await entities.close();
    await client.close();
  }
}

async function prepare(client: MongoClient, data: readonly CollectionData[]): Promise<void> {
  for (const { databaseName, collectionName, createOptions, documents } of data) {
    const db = client.db(databaseName);
    await db.dropCollection(collectionName);
    if (documents.length === 0 || createOptions) await db.createCollection(collectionName, createOptions as never);
    if (documents.length > 0) await db.collection(collectionName).insertMany(documents as never);
  }
}

async function check(operation: Operation, entities: Entities, client: MongoClient): Promise<void> {
  const label = `${operation.name} on ${operation.object}`;
  let result: unknown;
  try {
    result = await runOperation(operation, entities, client);
  } catch (error) {
    if (operation.ignoreResultAndError) return;
    if (!operation.expectError) throw new Error(`${label}: ${(error as Error).message}`, { cause: error });
    const difference = compareError(operation.expectError, error as Error, entities);
    if (difference) throw new Error(`${label}: ${difference}`, { cause: error });
    return;
  }
  if (operation.expectError) throw new Error(`${label}: expected an error, found ${show(result)}`);
  if (operation.saveResultAsEntity) entities.save(operation.saveResultAsEntity, result);
  if (operation.ignoreResultAndError || !('expectResult' in operation)) return;
  const difference = findDifference(operation.expectResult, flatten(result), entities.find);
  if (difference) throw new Error(`${label}: ${difference}`);
}

/** Driver results keep some of their fields behind getters; the test files see them as plain fields. */
function flatten(result: unknown): unknown {
  if (result === null || typeof result !== 'object' || Array.isArray(result) || result instanceof Uint8Array)
    return result;
  const names = [
    'insertedCount',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
    'upsertedCount',
    'upsertedIds',
    'insertedIds',
  ];
  const fields = result as Record<string, unknown>;
  if (!names.some((name) => name in fields)) return result;
  const { upsertedId, ...others } = { ...fields };
  const getters = Object.fromEntries(names.filter((name) => name in fields).map((name) => [name, fields[name]]));
  return { ...others, ...getters, ...(upsertedId !== null && upsertedId !== undefined && { upsertedId }) };
}

function compareError(expected: ExpectedError, error: Error, entities: Entities): string | undefined {
  const { code, codeName, errorResponse, result } = error as MongoServerError & { result?: unknown };
  const message = error.message.toLowerCase();
  if (expected.isClientError !== undefined && expected.isClientError === error instanceof MongoServerError) {
    return `expected ${expected.isClientError ? 'a client' : 'a server'} error, found ${show(error.message)}`;
  }
  if (expected.errorContains && !message.includes(expected.errorContains.toLowerCase()))
    return `the message is ${show(error.message)}`;
  if (expected.errorCode !== undefined && expected.errorCode !== code)
    return `the code is ${show(code)}: ${error.message}`;
  if (expected.errorCodeName !== undefined && expected.errorCodeName !== codeName)
    return `the code name is ${show(codeName)}`;
  if (expected.errorResponse !== undefined) {
    const difference = findDifference(expected.errorResponse, errorResponse, entities.find);
    if (difference) return `error response ${difference}`;
  }
  if (expected.expectResult === undefined) return undefined;
  const difference = findDifference(expected.expectResult, flatten(result), entities.find);
  return difference && `result of the error ${difference}`;
}

function checkEvents({ client, events, ignoreExtraEvents }: ExpectedEvents, entities: Entities): void {
  const seen = entities.eventsOf(client);
  if (ignoreExtraEvents ? seen.length < events.length : seen.length !== events.length) {
    throw new Error(`expected ${events.length} events, found ${show(seen.map(({ event }) => event.commandName))}`);
  }
  events.forEach((expected, i) => {
    const [kind] = Object.keys(expected);
    const wanted = expected[kind as string] ?? {};
    const found = seen[i];
    if (!found || found.kind !== kind) throw new Error(`event ${i}: expected ${kind}, found ${found?.kind}`);
    const event = found.event as unknown as Record<string, unknown>;
    for (const part of ['command', 'reply']) {
      if (wanted[part] === undefined) continue;
      const difference = findDifference(wanted[part], event[part], entities.find);
      if (difference) throw new Error(`event ${i} ${part}${difference}`);
    }
    for (const part of ['commandName', 'databaseName']) {
      if (wanted[part] !== undefined && wanted[part] !== event[part])
        throw new Error(`event ${i}: ${part} is ${show(event[part])}`);
    }
  });
}

async function checkOutcome(client: MongoClient, outcome: readonly CollectionData[]): Promise<void> {
  for (const { databaseName, collectionName, documents } of outcome) {
    const found = await client.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
    const difference = findDifference({ documents }, { documents: found }, () => undefined);
    if (difference) throw new Error(`outcome of ${collectionName}${difference}`);
  }
}

import type { Document } from 'bson';
import { compilePipeline } from '../aggregate/index.ts';
import { decodeDocument, isDocument, StoreError } from '../bson/index.ts';
import { openQueryStream } from '../cursor/query-stream.ts';
import { describeAccess } from '../plan/describe-access.ts';
import type { PlanCursor } from '../plan/plan-cursor.ts';
import { planSource } from './pipeline-source.ts';
import { type CommandHandler, type CommandRequest, optionalDocument } from './command.ts';
import { planQuery, type Query, readQuery } from './find.ts';

/** Explains find, count, distinct, findAndModify, update, delete and aggregate without changing anything. */
export const explain: CommandHandler = async (request) => {
  const inner = optionalDocument(request.fields, 'explain');
  if (!inner) throw new StoreError(9, 'explain needs a command');
  const name = Object.keys(inner)[0] ?? '';
  const verbosity = String(request.fields['verbosity'] ?? 'allPlansExecution');
  if (name === 'aggregate') return explainAggregate({ ...request, name, fields: inner });
  const query = readExplained(name, inner);
  if (!query) throw new StoreError(59, `Explain failed due to unknown command: ${name}`);
  return explainQuery(request, String(inner[name]), query, verbosity);
};

function readExplained(name: string, inner: Document): Query | undefined {
  const query = readQuery(inner);
  if (name === 'find') return query;
  if (name === 'count' || name === 'distinct' || name === 'findAndModify') {
    return { ...query, filter: optionalDocument(inner, 'query') ?? {}, projection: undefined };
  }
  if (name !== 'update' && name !== 'delete') return undefined;
  const statement = (inner[`${name}s`] as unknown[] | undefined)?.[0];
  const decoded = statement instanceof Uint8Array ? decodeDocument(statement) : statement;
  if (!isDocument(decoded)) throw new StoreError(9, `explain ${name} needs one statement`);
  return { ...query, filter: optionalDocument(decoded as Document, 'q') ?? {}, hint: (decoded as Document)['hint'] };
}

async function explainQuery(
  { engine, db }: CommandRequest,
  name: string,
  query: Query,
  verbosity: string,
): Promise<Document> {
  const collection = engine.catalog.find(db, name);
  if (!collection) return describePlan(`${db}.${name}`, query.filter, { stage: 'EOF' });
  let cursor: PlanCursor | undefined;
  const request = planQuery(engine, collection, query, (opened) => (cursor = opened));
  const found = describeAccess(request.plan.access, query.filter);
  const winningPlan = request.sort ? { stage: 'SORT', sortPattern: query.sort, inputStage: found } : found;
  const explained = describePlan(`${db}.${name}`, query.filter, winningPlan);
  if (verbosity === 'queryPlanner') return explained;
  const startedAt = performance.now();
  const returned = (await openQueryStream(engine.store, request).pull(Number.POSITIVE_INFINITY)).length;
  const executionStats = {
    executionSuccess: true,
    nReturned: returned,
    executionTimeMillis: Math.round(performance.now() - startedAt),
    totalKeysExamined: request.plan.access.kind === 'index' ? (cursor?.keysExamined ?? 0) : 0,
    totalDocsExamined: cursor?.documentsExamined ?? 0,
  };
  return { ...explained, executionStats };
}

function describePlan(namespace: string, parsedQuery: Document, winningPlan: Document): Document {
  return {
    explainVersion: '1',
    queryPlanner: { namespace, parsedQuery, winningPlan, rejectedPlans: [] },
    serverInfo: { host: 'embedded-store', version: '7.0.0' },
  };
}

/** Explains how a pipeline gets its documents; the stages behind run over those in order. */
export async function explainAggregate({ engine, db, fields }: CommandRequest): Promise<Document> {
  const name = String(fields['aggregate']);
  const pipeline = compilePipeline(fields['pipeline'], { now: new Date() });
  const collection = engine.catalog.find(db, name);
  const filter = pipeline.leadingMatch ?? {};
  const source = collection && planSource(engine, collection, pipeline, { hint: fields['hint'] });
  const explained = describePlan(
    `${db}.${name}`,
    filter,
    source ? describeAccess(source.plan.access, filter) : { stage: 'EOF' },
  );
  return { ...explained, stages: [{ $cursor: explained }] };
}

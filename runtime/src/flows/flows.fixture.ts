import { type StoreServer, startStoreServer } from '@sluice/embedded-store';
import type { Graph } from '@sluice/shared/graph';
import type { Account } from '@sluice/shared/http-api';
import { manifests } from '@sluice/templates/manifests';
import type { Document } from 'mongodb';
import type { BulkChangeRecord } from '../bulk-changes/bulk-change-record.ts';
import type { BulkChanges, NewBulkChange } from '../bulk-changes/bulk-changes.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { applyIndexes, type CollectionDeclaration, connectDatabase, type Database } from '../stores/database.ts';
import { createReadLevels } from '../access/read-level.ts';
import { createDraftCheck } from './check-draft.ts';
import { createFlowDrafts } from './flow-drafts.ts';
import { createFlowList } from './flow-list.ts';
import { type CaseGate, createFlowPublisher } from './flow-publisher.ts';
import { flows, flowVersions } from './flow-record.ts';
import { createFlowVersions } from './flow-versions.ts';
import { createFlowSettling, type FlowActivation } from './settle-flow.ts';

export const OPERATOR: Account = {
  id: 'account-1',
  email: 'lin@example.test',
  name: 'Lin',
  role: 'operator',
  createdAt: '2026-11-22T00:00:00.000Z',
};

export interface FlowStore {
  database: Database;
  stop(): Promise<void>;
}

export async function openFlowStore(): Promise<FlowStore> {
  const store: StoreServer = await startStoreServer({ inMemory: true, listen: { port: 0 } });
  const database = await connectDatabase(store.url, { databaseName: 'flows' });
  await applyIndexes(database, [flows, flowVersions] as unknown as CollectionDeclaration<Document>[]);
  return {
    database,
    async stop() {
      await database.close();
      await store.stop();
    },
  };
}

/** What the triggers were told, in order: `published f:1`, `archived f`. */
export interface RecordedActivation extends FlowActivation {
  readonly told: string[];
}

export function recordActivation(): RecordedActivation {
  const told: string[] = [];
  return {
    told,
    published: async ({ flowId, version }) => {
      told.push(`published ${flowId}:${version}`);
    },
    paused: async (flowId) => {
      told.push(`paused ${flowId}`);
    },
    archived: async (flowId) => {
      told.push(`archived ${flowId}`);
    },
  };
}

/** The bulk changes that were begun, each once, and what was cancelled. */
export function recordChanges(): Pick<BulkChanges, 'begin' | 'cancel'> & { begun: NewBulkChange[] } {
  const begun: NewBulkChange[] = [];
  return {
    begun,
    begin: async (change) => {
      if (!begun.some(({ id }) => id === change.id)) begun.push(change);
      return {} as BulkChangeRecord;
    },
    cancel: async () => {},
  };
}

/** The parts of this folder over a database, with a clock that moves on at each look. */
export function createFlowParts(
  database: Database,
  activation: FlowActivation,
  changes: Pick<BulkChanges, 'begin' | 'cancel'> = recordChanges(),
  cases: CaseGate = { run: async () => [] },
  approvals = { isRequired: async () => false },
) {
  let at = Date.parse('2026-11-22T08:00:00.000Z');
  const clock = { now: () => (at += 1000) };
  const drafts = createFlowDrafts({ database, clock });
  const check = createDraftCheck({
    datasetIndex: { current: async () => ({ byName: new Map(), byAttribute: new Map() }) },
    readLevels: createReadLevels({ dictionary: { handling: async () => new Map() } }),
    manifests,
    dictionary: { checkingFacts: async () => ({ attributes: new Map(), events: new Set<string>() }) },
    compiler: createEmailCompiler({ timeZone: 'UTC' }),
    calls: { problemOf: async () => undefined },
    clock,
  });
  const settling = createFlowSettling({ database, activation, changes });
  return {
    drafts,
    check,
    settling,
    publisher: createFlowPublisher({ database, clock, drafts, check, manifests, settling, cases, approvals }),
    versions: createFlowVersions({ database }),
    list: createFlowList({ database, totals: { entered: async () => new Map() } }),
  };
}

export type FlowParts = ReturnType<typeof createFlowParts>;

/** The smallest graph that can be published; the reason makes one differ from the next. */
export function soundGraph(reason = 'done'): Graph {
  const position = { x: 0, y: 0 };
  return {
    schema: 1,
    nodes: [
      {
        id: 'start',
        kind: 'schedule',
        kindVersion: 1,
        params: { when: 'now', audience: { op: 'all', of: [] } },
        position,
      },
      { id: 'end', kind: 'exit', kindVersion: 1, params: { reason }, position },
    ],
    edges: [{ id: 'e1', from: 'start', port: 'next', to: 'end' }],
  };
}

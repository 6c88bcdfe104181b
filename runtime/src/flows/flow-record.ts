import { createHash } from 'node:crypto';
import { type Graph, serializeGraph } from '@sluice/shared/graph';
import { readTemplateKind } from '@sluice/shared/node-template';
import type { PublishPolicy, ResumePolicy } from '@sluice/shared/model';
import { declareCollection } from '../stores/database.ts';

/**
 * A flow with its draft. Publishing, pausing, resuming and archiving are one update of this document each, so that a crash
 * between any two lines leaves either the state before or the state after.
 *
 * draft → live (publish) ⇄ paused (pause, resume) → archived (archive) → live (publish again); a live or paused flow that is
 * published stays what it is.
 */
export interface FlowRecord {
  _id: string;
  name: string;
  status: 'draft' | 'live' | 'paused' | 'archived';
  /**
   * The draft as JSON text. The store never looks into a graph, and params are whatever a template declares: as text they
   * come back exactly, with no key that a store could take for its own and no limit on nesting.
   */
  graphText: string;
  /** Of the canonical form: moves with every change that means something. */
  digest: string;
  /** Rises with each saved draft; a save must name the one it started from. */
  revision: number;
  /** The newest published version; stays when the flow is archived, since its runs and results do. */
  liveVersion: number | null;
  /** The revision (null: an older version was rolled back to) and the digest that `liveVersion` froze. */
  publishedRevision: number | null;
  publishedDigest: string | null;
  /** Rises with each publish, pause, resume and archive. */
  change: number;
  /** The publishing under way: what it freezes, and how many have tried. The last who tried is the one who may finish. */
  claim?: { key: string; attempt: number };
  /** Runs that came due during a pause are being let go, by the bulk change of this id. */
  resumption?: { id: string; how: ResumePolicy; by: string };
  /** Triggers have not yet been told of the last change; what a crash left so is made up for at the next start. */
  isUnsettled?: true;
  /** From which version of which template the draft comes; repeated from its graph, to be found by. */
  origin?: { template: string; version: string };
  /** The published kinds that stand in the draft; absent: none but built-in ones. */
  templateKinds?: string[];
  createdAt: Date;
  createdBy: string;
  updatedAt: Date;
  updatedBy: string;
}

export const flows = declareCollection<FlowRecord>('flows', [
  { key: { updatedAt: -1, _id: -1 } },
  {
    key: { 'origin.template': 1, updatedAt: -1 },
    options: { partialFilterExpression: { 'origin.template': { $exists: true } } },
  },
  { key: { templateKinds: 1 }, options: { partialFilterExpression: { templateKinds: { $exists: true } } } },
  { key: { isUnsettled: 1 }, options: { partialFilterExpression: { isUnsettled: true } } },
]);

/** A published version. Once a flow has pointed to it, nothing of it changes but what people call it. */
export interface FlowVersionRecord {
  /** `flowId:version`, so that a version can exist once only. */
  _id: string;
  flowId: string;
  version: number;
  /** The draft it was frozen from. */
  revision: number;
  graphText: string;
  publishedAt: Date;
  publishedBy: string;
  note: string;
  /** As in the draft. */
  templateKinds?: string[];
  name?: string;
  /** Of the flow's attempts to publish a version of this number, the one that wrote it. */
  attempt?: number;
  /** What becomes of runs in flight of older versions; absent: they stay. */
  policy?: PublishPolicy;
  /** The older version whose graph this one has. */
  rolledBackTo?: number;
  /** The request that a second person agreed to, and who that was. */
  approval?: { id: string; by: string };
  /** Names of the cases that failed when an administrator published it all the same. */
  failedCases?: string[];
}

export const flowVersions = declareCollection<FlowVersionRecord>('flowVersions', [
  { key: { flowId: 1, version: -1 } },
  { key: { templateKinds: 1 }, options: { partialFilterExpression: { templateKinds: { $exists: true } } } },
]);

export function versionIdOf(flowId: string, version: number): string {
  return `${flowId}:${version}`;
}

export function digestOf(graph: Graph): string {
  return createHash('sha256').update(serializeGraph(graph)).digest('base64url');
}

/** The published kinds of a graph, to be found by: of built-in ones nobody asks where they are used. */
export function templateKindsOf({ nodes }: Graph): { templateKinds?: string[] } {
  const kinds = [...new Set(nodes.map(({ kind }) => kind))].filter((kind) => readTemplateKind(kind) !== undefined);
  return kinds.length > 0 ? { templateKinds: kinds } : {};
}

/** The graph of a record; what this process wrote itself needs no second validation. */
export function readGraph({ graphText }: { graphText: string }): Graph {
  return JSON.parse(graphText) as Graph;
}

import type { Graph } from '@sluice/shared/graph';
import type { AnyHandler, AnyManifest } from '@sluice/shared/node-contract';
import { readTemplateKind, toHandler, toManifest } from '@sluice/shared/node-template';
import type { Logger } from 'pino';
import type { NodeKinds } from '../executor/flow-program.ts';
import type { Database } from '../stores/database.ts';
import { INSTALLED, nodeTemplates, readManifest, type TemplateRecord, toInstalled } from './template-record.ts';

/** Every kind that flows of this process know: the built-in ones and the published ones. */
export interface NodeCatalogue {
  /** Live: a published version is there as soon as it is taken in. */
  kinds: NodeKinds;
  /** Reads what is not known yet of the kinds that a graph names. */
  ensure(graph: Graph): Promise<void>;
  /** What has just been decided here, without waiting for the next look. */
  take(record: TemplateRecord): void;
  /** Reads all of it, then looks for what other processes have decided. */
  start(): Promise<void>;
  stop(): void;
}

/** How late a decision that was taken in another process holds in this one. */
const LOOK_EVERY_MS = 2000;
/** Clocks of processes may differ by that. */
const CLOCK_SKEW_MS = 60_000;

export function createNodeCatalogue(deps: { database: Database; builtIn: NodeKinds; log: Logger }): NodeCatalogue {
  const stored = deps.database.collection(nodeTemplates);
  const manifests = new Map<string, AnyManifest>(deps.builtIn.manifests);
  const handlers = new Map<string, AnyHandler>(deps.builtIn.handlers);
  const seen = new Map<string, number>();
  let newest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isStopped = false;

  function take(record: TemplateRecord): void {
    const at = record.updatedAt.getTime();
    newest = Math.max(newest, at);
    if ((seen.get(record._id) ?? 0) > at || !isInstalled(record)) return;
    seen.set(record._id, at);
    const { manifest, handler } = toKind(record);
    manifests.set(record._id, manifest);
    handlers.set(record._id, handler);
  }

  async function look(since: Date): Promise<void> {
    const changed = await stored.find({ updatedAt: { $gte: since }, state: { $in: [...INSTALLED] } }).toArray();
    for (const record of changed) if (seen.get(record._id) !== record.updatedAt.getTime()) take(record);
  }

  function lookAgain(): void {
    timer = setTimeout(async () => {
      try {
        await look(new Date(newest - CLOCK_SKEW_MS));
      } catch (error) {
        deps.log.warn({ err: error }, 'could not look for published node templates');
      }
      if (!isStopped) lookAgain();
    }, LOOK_EVERY_MS);
    timer.unref();
  }

  return {
    kinds: { manifests, handlers },
    take,
    async ensure({ nodes }) {
      const unknown = [...new Set(nodes.map(({ kind }) => kind))].filter(
        (kind) => !manifests.has(kind) && readTemplateKind(kind) !== undefined,
      );
      if (unknown.length === 0) return;
      for (const record of await stored.find({ _id: { $in: unknown } }).toArray()) take(record);
    },
    async start() {
      await look(new Date(0));
      lookAgain();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}

/** A published version as flows know it. */
export function toKind(record: TemplateRecord): { manifest: AnyManifest; handler: AnyHandler } {
  const template = readManifest(record);
  const { grant, state, note } = toInstalled(record);
  const manifest = toManifest(template, grant, { state, ...(note !== undefined && { note }) });
  const handler = state === 'blocked' ? blocked(record._id, note) : toHandler(template, manifest, record.source, grant);
  return { manifest, handler };
}

function isInstalled({ state }: TemplateRecord): boolean {
  return (INSTALLED as readonly string[]).includes(state);
}

/** Runs that come to it stop there as failed; once it is mended they are tried again, or sent on (RUN-10). */
function blocked(kind: string, note: string | undefined): AnyHandler {
  const refuse = (): never => {
    throw new Error(`${kind} is blocked${note === undefined ? '' : `: ${note}`}`);
  };
  return { enter: refuse, resume: refuse };
}

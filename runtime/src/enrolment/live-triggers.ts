import type { TriggerPlan, TriggerStart } from '@sluice/shared/node-contract';
import { type Clock, SECOND_MS } from '@sluice/shared/time';
import type { FlowProgram, FlowPrograms } from '../executor/flow-program.ts';
import { flows, flowVersions, versionIdOf } from '../flows/flow-record.ts';
import { type Database, declareCollection } from '../stores/database.ts';

/** One trigger of the live version of a flow. */
export interface LiveTrigger<Start extends TriggerStart = TriggerStart> {
  program: FlowProgram;
  node: string;
  plan: TriggerPlan & { start: Start };
  /** Occasions received earlier are not for this flow (ENT-5). Unix milliseconds. */
  since: number;
}

export type StartOf<K extends TriggerStart['kind']> = Extract<TriggerStart, { kind: K }>;

/** The triggers that take people in now, found by what starts them. */
export interface LiveTriggerIndex {
  onEvent(name: string): readonly LiveTrigger<StartOf<'event'>>[];
  onMembership(audience: string, change: string): readonly LiveTrigger<StartOf<'membership'>>[];
  ofFlow(flowId: string): readonly LiveTrigger[];
  readonly all: readonly LiveTrigger[];
}

export interface LiveTriggers {
  /** Sees every change that any process made before the call; one query by id where nothing has changed. */
  current(): Promise<LiveTriggerIndex>;
  /** To be called after a flow was published, paused, resumed or archived. */
  changed(): Promise<void>;
}

/** Counts changes of what is live, so that all processes notice them. */
export const triggerChanges = declareCollection<{ _id: string; count: number }>('triggerChanges');
const COUNTER = 'live';
/** What the counter does not tell, because whoever changed a flow died before counting, is seen this much later. */
const LOOK_EVERY_MS = SECOND_MS;

export function createLiveTriggers(deps: { database: Database; programs: FlowPrograms; clock: Clock }): LiveTriggers {
  const storedFlows = deps.database.collection(flows);
  const storedVersions = deps.database.collection(flowVersions);
  const counter = deps.database.collection(triggerChanges);
  const state = { index: indexTriggers([]), signature: '', count: -1, lookedAt: Number.NEGATIVE_INFINITY };

  const publishedAt = async (flowId: string, version: number) => {
    const ids = [version - 1, version].map((one) => versionIdOf(flowId, one));
    const found = await storedVersions
      .find({ _id: { $in: ids } })
      .project<{ publishedAt: Date }>({ publishedAt: 1, _id: 0 })
      .toArray();
    return Math.min(...found.map((record) => record.publishedAt.getTime()));
  };

  const load = async () => {
    const live = await storedFlows
      .find({ status: 'live' })
      .project<{ _id: string; liveVersion: number | null }>({ liveVersion: 1 })
      .sort({ _id: 1 })
      .toArray();
    const signature = live.map(({ _id, liveVersion }) => `${_id}:${liveVersion}`).join(' ');
    if (signature === state.signature) return;
    const triggers: LiveTrigger[] = [];
    for (const { _id, liveVersion } of live) {
      const program = liveVersion === null ? undefined : await deps.programs.get(_id, liveVersion);
      if (!program) continue;
      const since = await publishedAt(_id, program.version);
      for (const { id } of program.triggers) {
        const plan = program.planOf(id);
        if (plan) triggers.push({ program, node: id, plan, since });
      }
    }
    state.index = indexTriggers(triggers);
    state.signature = signature;
  };

  return {
    async current() {
      const now = deps.clock.now();
      const { count } = (await counter.findOne({ _id: COUNTER })) ?? { count: 0 };
      if (count !== state.count || now - state.lookedAt >= LOOK_EVERY_MS || now < state.lookedAt) {
        await load();
        state.count = count;
        state.lookedAt = now;
      }
      return state.index;
    },
    async changed() {
      await counter.updateOne({ _id: COUNTER }, { $inc: { count: 1 } }, { upsert: true });
    },
  };
}

/** Finds triggers by what starts them. */
export function indexTriggers(all: readonly LiveTrigger[]): LiveTriggerIndex {
  const byStart = Map.groupBy(all, ({ plan: { start } }) => keyOf(start));
  const byFlow = Map.groupBy(all, ({ program }) => program.flowId);
  return {
    all,
    onEvent: (name) => (byStart.get(`event ${name}`) ?? []) as LiveTrigger<StartOf<'event'>>[],
    onMembership: (audience, change) =>
      (byStart.get(`${change} ${audience}`) ?? []) as LiveTrigger<StartOf<'membership'>>[],
    ofFlow: (flowId) => byFlow.get(flowId) ?? [],
  };
}

function keyOf(start: TriggerStart): string {
  if (start.kind === 'event') return `event ${start.event}`;
  if (start.kind === 'membership') return `${start.change} ${start.audience}`;
  return start.kind;
}

import type { BulkOrder } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { Executor } from '../executor/executor.ts';
import type { FlowPrograms } from '../executor/flow-program.ts';
import { runs } from '../executor/run-record.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Database } from '../stores/database.ts';
import { insertNew } from '../stores/insert-new.ts';
import { type BulkChangeRecord, bulkChanges } from './bulk-change-record.ts';
import { editFor, filterOf } from './run-selection.ts';

export interface NewBulkChange {
  /** The same id is the same change, however often it is begun. */
  id: string;
  flowId: string;
  order: BulkOrder;
  fromVersion?: number;
  upToVersion: number;
  by: string;
}

/** What is done to many runs at once: durable when begun, carried out in the background, taken up again after a crash. */
export interface BulkChanges {
  begin(change: NewBulkChange): Promise<BulkChangeRecord>;
  /** Stops changes of these kinds that are under way, but for one; what is done stays done. */
  cancel(flowId: string, kinds: readonly BulkOrder['kind'][], exceptId?: string): Promise<void>;
  /** The latest of a flow, newest first. */
  list(flowId: string, limit: number): Promise<BulkChangeRecord[]>;
  /** Takes up changes whose process was asked to stop, or died, or could not reach everybody yet. */
  resume(): Promise<void>;
  /** Works at one change until it is done, or nothing can be done for those that are left at the moment. */
  work(changeId: string, job: { touch(): Promise<void>; signal: AbortSignal }): Promise<void>;
}

const CHANGE_JOB = 'runs:change';
/** Runs read and changed together. */
const PAGE = 500;

export interface BulkChangeDeps {
  database: Database;
  executor: Pick<Executor, 'change'>;
  programs: FlowPrograms;
  scheduler: Pick<Scheduler, 'define' | 'at'>;
  clock: Clock;
  /** Told before a change is noted as done, and so perhaps twice. */
  onDone(change: BulkChangeRecord): Promise<void>;
}

export function createBulkChanges(deps: BulkChangeDeps): BulkChanges {
  const { clock, scheduler } = deps;
  const stored = deps.database.collection(bulkChanges);
  const storedRuns = deps.database.collection(runs);

  const schedule = (changeId: string) => scheduler.at(CHANGE_JOB, changeId, clock.now(), { changeId });

  /** The next page of the pass that has runs, in any of the versions left; none: undefined. */
  const nextPage = async (change: BulkChangeRecord) => {
    let { version, afterId } = change.cursor;
    for (; version <= change.upToVersion; version++, afterId = '') {
      const page = await storedRuns
        .find({ flowId: change.flowId, version, ...filterOf(change), _id: { $gt: afterId } })
        .sort({ _id: 1 })
        .limit(PAGE)
        .toArray();
      if (page.length > 0) return { version, page };
    }
    return undefined;
  };

  /** Works at one page; answers what is to be noted. */
  const takePage = async (change: BulkChangeRecord): Promise<Partial<BulkChangeRecord> | undefined> => {
    const found = await nextPage(change);
    if (!found) return undefined;
    const { version, page } = found;
    const edit = await editFor(change, version, deps.programs);
    // Whom it leaves as he is need not be held for it.
    const meant = edit ? page.filter((run) => edit(run, clock.now()) !== undefined).map(({ _id }) => _id) : [];
    const changed = edit && meant.length > 0 ? await deps.executor.change(meant, edit) : 0;
    const { pass, looked } = change;
    return {
      cursor: { version, afterId: page.at(-1)?._id ?? '' },
      pass: { changed: pass.changed + changed, missed: pass.missed + meant.length - changed },
      looked: looked + page.length,
      changed: change.changed + changed,
    };
  };

  /** Answers whether the note was taken: not if another process was faster, or somebody cancelled. */
  const note = async ({ _id, step }: BulkChangeRecord, news: Partial<BulkChangeRecord>): Promise<boolean> => {
    const { matchedCount } = await stored.updateOne(
      { _id, step, status: 'running' },
      { $set: { ...news, step: step + 1 } },
    );
    return matchedCount === 1;
  };

  const work: BulkChanges['work'] = async (changeId, job) => {
    for (;;) {
      const change = await stored.findOne({ _id: changeId, status: 'running' });
      if (!change || job.signal.aborted) return;
      const news = await takePage(change);
      if (news) {
        if (!(await note(change, news))) return;
        await job.touch();
        continue;
      }
      const { changed, missed } = change.pass;
      if (changed === 0 && missed === 0) {
        await deps.onDone(change);
        await note(change, { status: 'done', finishedAt: new Date(clock.now()) });
        return;
      }
      if (!(await note(change, { cursor: startOf(change), pass: { changed: 0, missed: 0 } }))) return;
      // All that are left are being advanced by somebody, or by somebody who died: `resume` comes back to them.
      if (changed === 0) return;
    }
  };
  scheduler.define<{ changeId: string }>(CHANGE_JOB, ({ changeId }, job) => work(changeId, job));

  return {
    work,
    async begin({ id, by, ...change }) {
      const record: BulkChangeRecord = {
        _id: id,
        ...change,
        status: 'running',
        cursor: startOf(change),
        pass: { changed: 0, missed: 0 },
        step: 0,
        looked: 0,
        changed: 0,
        startedAt: new Date(clock.now()),
        startedBy: by,
      };
      const known = await insertNew(stored, [record]);
      await schedule(id);
      return known.size === 0 ? record : ((await stored.findOne({ _id: id })) ?? record);
    },
    async cancel(flowId, kinds, exceptId = '') {
      await stored.updateMany(
        { flowId, status: 'running', 'order.kind': { $in: [...kinds] }, _id: { $ne: exceptId } },
        { $set: { status: 'cancelled', finishedAt: new Date(clock.now()) } },
      );
    },
    list: (flowId, limit) => stored.find({ flowId }).sort({ startedAt: -1 }).limit(limit).toArray(),
    async resume() {
      const left = stored.find({ status: 'running' }, { projection: { _id: 1 } });
      for await (const { _id } of left) await schedule(_id);
    },
  };
}

function startOf({ fromVersion = 1 }: { fromVersion?: number }): BulkChangeRecord['cursor'] {
  return { version: fromVersion, afterId: '' };
}

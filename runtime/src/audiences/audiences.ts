import type { Condition } from '@sluice/shared/condition';
import { AppError, type Words } from '@sluice/shared/errors';
import type { Account, AudienceKind, MemberSource, PeopleList } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import type { AudienceIndex } from './audience-index.ts';
import type { AudienceJobs } from './audience-jobs.ts';
import { type AudienceRecord, audiences } from './audience-record.ts';
import { findCircle } from './check-circle.ts';
import { findUses } from './find-uses.ts';

export interface NewAudience {
  name: string;
  description?: string | undefined;
  kind: AudienceKind;
  condition?: Condition | undefined;
  /** Instead of a condition, for a snapshot. */
  source?: MemberSource | undefined;
  isAnnounced?: boolean | undefined;
  /** Whom a manual audience takes in to begin with. */
  list?: PeopleList | undefined;
}

export interface AudienceChange {
  name?: string | undefined;
  description?: string | undefined;
  condition?: Condition | undefined;
  isAnnounced?: boolean | undefined;
  baseRevision: number;
}

/** Saved audiences. A condition that changes is gone through again; what is announced starts flows. */
export interface Audiences {
  /** Throws `name-taken`, `audience-invalid`, `condition-invalid`. */
  create(audience: NewAudience, by: Account): Promise<AudienceRecord>;
  /** Throws `not-found`. */
  get(audienceId: string): Promise<AudienceRecord>;
  /** Throws like `create`, and `audience-changed` when somebody else was faster. */
  change(audienceId: string, change: AudienceChange, by: Account): Promise<AudienceRecord>;
  /** Throws `audience-in-use` while something uses it and that is not confirmed. */
  remove(audienceId: string, options: { isConfirmed: boolean }): Promise<void>;
  /** Throws `audience-state` for a manual audience and while one is under way. */
  extract(audienceId: string, isAnnounced: boolean): Promise<AudienceRecord>;
  /** Throws `audience-state` when none is under way. */
  cancel(audienceId: string): Promise<AudienceRecord>;
}

const PRESENT = { isDeleted: { $exists: false } } as const;

export function createAudiences(deps: {
  database: Database;
  clock: Clock;
  reader: Pick<ConditionReader, 'check'>;
  jobs: AudienceJobs;
  index: Pick<AudienceIndex, 'forget'>;
}): Audiences {
  const { database, clock, jobs } = deps;
  const collection = database.collection(audiences);

  async function get(audienceId: string): Promise<AudienceRecord> {
    const found = await collection.findOne({ _id: audienceId, ...PRESENT });
    if (!found)
      throw new AppError('not-found', `There is no audience ${audienceId}`, {
        details: { what: 'audience', id: audienceId },
      });
    return found;
  }

  async function check(audienceId: string, condition: Condition): Promise<void> {
    await deps.reader.check(condition);
    const others = await collection.find(PRESENT).project<AudienceRecord>({ condition: 1, name: 1 }).toArray();
    const conditions = new Map(others.map((other) => [other._id, other.condition]));
    const circle = findCircle(audienceId, condition, conditions);
    if (!circle) return;
    const names = new Map(others.map(({ _id, name }) => [_id, name]));
    const way = circle.map((id) => names.get(id) ?? id).join(' → ');
    throw invalid({
      'en-US': `It would contain itself: ${way}. Take one of them out.`,
      'zh-CN': `它会包含自己：${way}。请移除其中一个。`,
    });
  }

  return {
    get,
    async create({ name, description = '', kind, condition, source, isAnnounced = false, list }, by) {
      const now = new Date(clock.now());
      const id = ulid(now.getTime());
      if (kind === 'manual' && condition) throw invalid(MANUAL_HAS_NO_CONDITION);
      if (kind !== 'manual' && !condition && !source) throw invalid(CONDITION_MISSING);
      if (source && (kind !== 'snapshot' || condition)) throw invalid(SOURCE_IS_FOR_SNAPSHOTS);
      if (condition) await check(id, condition);
      const audience: AudienceRecord = {
        _id: id,
        name: name.trim(),
        description,
        kind,
        condition: condition ?? null,
        ...(source && { source }),
        revision: 1,
        size: 0,
        sizes: [],
        refreshedAt: source?.kind === 'file' ? now : null,
        extraction: condition || (source && source.kind !== 'file') ? jobs.begin(isAnnounced) : null,
        ...(list && { filling: { list, role: by.role, after: null } }),
        createdAt: now,
        createdBy: by.name,
        updatedAt: now,
        updatedBy: by.name,
      };
      await refuseTaken(audience.name, () => collection.insertOne(audience));
      deps.index.forget();
      await jobs.schedule(audience);
      if (list) await jobs.fill(id);
      return audience;
    },

    async change(audienceId, { name, description, condition, isAnnounced = false, baseRevision }, by) {
      const old = await get(audienceId);
      if (condition && old.kind === 'manual') throw invalid(MANUAL_HAS_NO_CONDITION);
      if (condition && old.source) throw invalid(SOURCE_HAS_NO_CONDITION);
      if (condition) await check(audienceId, condition);
      const isOther = condition !== undefined && JSON.stringify(condition) !== JSON.stringify(old.condition);
      const set = {
        ...(name !== undefined && { name: name.trim() }),
        ...(description !== undefined && { description }),
        ...(isOther && { condition, extraction: jobs.begin(isAnnounced) }),
        updatedAt: new Date(clock.now()),
        updatedBy: by.name,
      };
      const changed = await refuseTaken(name ?? old.name, () =>
        collection.findOneAndUpdate(
          { _id: audienceId, revision: baseRevision, ...PRESENT },
          { $set: set, $inc: { revision: 1 } },
          { returnDocument: 'after' },
        ),
      );
      if (!changed) {
        const current = await get(audienceId);
        throw new AppError('audience-changed', `${current.updatedBy} has changed this audience since`, {
          details: { revision: current.revision, updatedBy: current.updatedBy },
        });
      }
      deps.index.forget();
      if (isOther) await jobs.schedule(changed);
      return changed;
    },

    async remove(audienceId, { isConfirmed }) {
      await get(audienceId);
      const uses = await findUses(database, audienceId);
      const count = uses.flows.length + uses.audiences.length;
      if (count > 0 && !isConfirmed)
        throw new AppError('audience-in-use', `The audience is used ${count} times`, { details: { count, uses } });
      // Its name is free again at once.
      await collection.updateOne(
        { _id: audienceId },
        { $set: { isDeleted: true, name: `deleted ${audienceId}` }, $inc: { revision: 1 } },
      );
      deps.index.forget();
      await jobs.forget(audienceId);
    },

    async extract(audienceId, isAnnounced) {
      const audience = await get(audienceId);
      if (!audience.condition && !audience.source) throw wrongState(MANUAL_HAS_NO_CONDITION);
      if (audience.source?.kind === 'file') throw wrongState(FILE_IS_READ_ONCE);
      const started = await collection.findOneAndUpdate(
        { _id: audienceId, 'extraction.status': { $ne: 'running' }, ...PRESENT },
        { $set: { extraction: jobs.begin(isAnnounced) } },
        { returnDocument: 'after' },
      );
      if (!started) throw wrongState(UNDER_WAY);
      await jobs.schedule(started);
      return started;
    },

    async cancel(audienceId) {
      await get(audienceId);
      const cancelled = await collection.findOneAndUpdate(
        { _id: audienceId, 'extraction.status': 'running' },
        {
          $set: { 'extraction.status': 'cancelled', 'extraction.finishedAt': new Date(clock.now()) },
          $unset: { 'extraction.fence': true },
        },
        { returnDocument: 'after' },
      );
      if (!cancelled) throw wrongState(NOTHING_UNDER_WAY);
      return cancelled;
    },
  };
}

const MANUAL_HAS_NO_CONDITION: Words = {
  'en-US': 'A manual audience has no condition: people and flows put its members in.',
  'zh-CN': '手动人群没有条件，成员由人工或运营方案加入。',
};
const SOURCE_HAS_NO_CONDITION: Words = {
  'en-US': 'Its members come from a model, a statement or a file, not from a condition.',
  'zh-CN': '它的成员来自模型、SQL 或文件，而不是条件。',
};
const SOURCE_IS_FOR_SNAPSHOTS: Words = {
  'en-US': 'Only a snapshot without a condition takes its members from a file.',
  'zh-CN': '只有不带条件的快照人群可以从文件取得成员。',
};
const FILE_IS_READ_ONCE: Words = {
  'en-US': 'its members came from a file. Upload the new file as another audience.',
  'zh-CN': '它的成员来自文件，请将新文件上传为另一个人群。',
};
const CONDITION_MISSING: Words = { 'en-US': 'It needs a condition.', 'zh-CN': '需要设置条件。' };
const UNDER_WAY: Words = { 'en-US': 'its members are being extracted.', 'zh-CN': '正在提取成员。' };
const NOTHING_UNDER_WAY: Words = { 'en-US': 'no extraction is under way.', 'zh-CN': '没有正在进行的提取。' };

function invalid(problem: Words): AppError {
  return new AppError('audience-invalid', problem['en-US'], { details: { problem } });
}

export function wrongState(problem: Words): AppError {
  return new AppError('audience-state', problem['en-US'], { details: { problem } });
}

async function refuseTaken<T>(name: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    if (!isDuplicateKey(cause)) throw cause;
    throw new AppError('name-taken', `There is already an audience ${name}`, { cause, details: { name } });
  }
}

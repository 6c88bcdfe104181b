import {
  attributeNames,
  attributesOf,
  type Derivation,
  leavesOf,
  RFM_SEGMENTS,
  rfmAttribute,
} from '@sluice/shared/condition';
import { AppError, type Words } from '@sluice/shared/errors';
import type { Account, AttributeUses, DerivedAttribute } from '@sluice/shared/http-api';
import { DEFAULT_SENSITIVITY, type Sensitivity, type ValueType } from '@sluice/shared/model';
import { DAY_MS, instantOf, wallOf } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { AttributeLens } from '../access/read-level.ts';
import { findAttributeUses } from '../attributes/find-attribute-uses.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import { attributeDefinitions } from '../conditions/dictionary-record.ts';
import { inferType } from '../conditions/infer-type.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import { type DerivedIndex, findCircle, FRESH_MS } from './derived-index.ts';
import { derivedAttributes, type DerivedRecord, type FillRecord } from './derived-record.ts';
import { clearDerived, type FillDeps, fillDerived } from './fill-derived.ts';

export interface DerivedAttributes {
  list(): Promise<DerivedAttribute[]>;
  /** Throws `derived-invalid`, `condition-invalid`, `attribute-not-allowed`. The same again changes nothing. */
  save(
    name: string,
    wanted: { derivation: Derivation; description?: string },
    by: Account,
    lens: AttributeLens,
  ): Promise<DerivedAttribute>;
  /** Throws `not-found`. One that is under way goes on. */
  fill(name: string): Promise<DerivedAttribute>;
  /** Throws `not-found`. */
  uses(name: string): Promise<AttributeUses>;
  /** Throws `not-found`, or `derived-in-use` (DRV-6). Its values go in the background. */
  remove(name: string): Promise<void>;
  /** Takes up what stopped on the way, and scores RFM anew once a day. */
  resume(): Promise<void>;
}

const FILL_JOB = 'derived:fill';
const CLEAR_JOB = 'derived:clear';

type Deps = FillDeps & {
  index: DerivedIndex;
  dictionary: Dictionary;
  reader: Pick<ConditionReader, 'check'>;
  scheduler: Scheduler;
};

/** Defines its jobs, so it is called before the scheduler starts. */
export function createDerivedAttributes(deps: Deps): DerivedAttributes {
  const { database, clock, scheduler, dictionary } = deps;
  const stored = database.collection(derivedAttributes);
  const now = () => new Date(clock.now());

  scheduler.define<{ name: string; fillId: string }>(FILL_JOB, ({ name, fillId }, job) =>
    fillDerived(deps, name, fillId, job),
  );
  scheduler.define<{ name: string }>(CLEAR_JOB, async ({ name }, job) => {
    const record = await stored.findOne({ _id: name, isDeleted: true });
    if (record) await clearDerived(deps, record, job);
  });

  const begin = (): FillRecord => ({
    id: ulid(clock.now()),
    status: 'running',
    done: 0,
    startedAt: now(),
    finishedAt: null,
  });
  // Later than any process may still work by the derivation of before.
  const schedule = ({ _id: name, fill }: DerivedRecord) =>
    scheduler.at(FILL_JOB, `${name}/${fill.id}`, clock.now() + FRESH_MS, { name, fillId: fill.id });
  const scheduleClearing = (name: string) => scheduler.at(CLEAR_JOB, name, clock.now() + FRESH_MS, { name });

  async function check(name: string, derivation: Derivation, lens: AttributeLens): Promise<void> {
    const { byName } = await deps.index.current();
    const others = [...byName.values()].filter((each) => each.name !== name);
    const taken = new Set(others.flatMap((each) => attributesOf(each.name, each.derivation)));
    const own = attributesOf(name, derivation);
    const doubled = own.find((each) => taken.has(each));
    if (doubled !== undefined) throw invalid(isTaken(doubled));
    if (derivation.kind === 'cases') {
      for (const { when } of derivation.cases) {
        if (leavesOf(when).some(({ op }) => op !== 'attribute')) throw invalid(ATTRIBUTES_ONLY);
        lens.demandUse(attributeNames(when));
        await deps.reader.check(when);
      }
      const circle = findCircle(name, derivation, others);
      if (circle) throw invalid(inCircle(circle));
    } else if (derivation.kind === 'aggregate') {
      if (derivation.window.kind === 'this-run') throw invalid(NO_RUN);
      const { event, where = [], window } = derivation;
      const is = { operator: 'atLeast' as const, value: 1 };
      await deps.reader.check({ op: 'event', name: event, where, window, measure: { kind: 'count' }, is });
    }
  }

  /** What other people send under this name must not be overwritten without anybody saying so. */
  async function refuseForeign(name: string, derivation: Derivation): Promise<void> {
    const names = attributesOf(name, derivation);
    const foreign = await database
      .collection(attributeDefinitions)
      .findOne({ _id: { $in: names }, deleted: { $exists: false } });
    if (foreign) throw invalid(isTaken(foreign._id));
  }

  async function found(name: string): Promise<DerivedRecord> {
    const record = await stored.findOne({ _id: name, isDeleted: { $exists: false } });
    if (record) return record;
    throw new AppError('not-found', `There is no derived attribute ${name}`, { details: { what: 'attribute' } });
  }

  async function fillAgain(name: string): Promise<DerivedRecord> {
    const started = await stored.findOneAndUpdate(
      { _id: name, 'fill.status': 'done', isDeleted: { $exists: false } },
      { $set: { fill: begin() } },
      { returnDocument: 'after' },
    );
    if (started) await schedule(started);
    return started ?? found(name);
  }

  async function usesOf(name: string): Promise<AttributeUses> {
    const { derivation } = await found(name);
    return findAttributeUses(database, attributesOf(name, derivation), await deps.index.current(), name);
  }

  function startOfToday(): number {
    const wall = wallOf(clock.now(), deps.timeZone);
    return instantOf(wall - (wall % DAY_MS), deps.timeZone);
  }

  return {
    async list() {
      const records = await stored
        .find({ isDeleted: { $exists: false } })
        .sort({ _id: 1 })
        .toArray();
      return records.map(toReply);
    },

    async save(name, { derivation, description = '' }, by, lens) {
      await check(name, derivation, lens);
      const old = await stored.findOne({ _id: name });
      if (old?.isDeleted) throw invalid(STILL_GOING);
      if (old && old.derivation.kind !== derivation.kind) throw invalid(OTHER_KIND);
      if (!old) await refuseForeign(name, derivation);
      const isSame = old && JSON.stringify(old.derivation) === JSON.stringify(derivation);
      const updated = { description, updatedAt: now(), updatedBy: by.name };
      const saved = await stored.findOneAndUpdate(
        { _id: name, isDeleted: { $exists: false } },
        {
          $set: { ...updated, ...(!isSame && { derivation, fill: begin() }) },
          $setOnInsert: { createdAt: now() },
          ...(!isSame && { $inc: { revision: 1 } }),
        },
        { returnDocument: 'after', upsert: true },
      );
      if (!saved) throw new Error('An upsert answered nothing');
      if (isSame) return toReply(saved);
      await dictionary.declare(typesOf(name, derivation));
      const sensitivity = await sensitivityOf(derivation);
      if (!old && sensitivity !== DEFAULT_SENSITIVITY) await dictionary.describe(name, { sensitivity });
      deps.index.forget();
      await schedule(saved);
      return toReply(saved);
    },

    fill: async (name) => toReply(await fillAgain(name)),

    uses: usesOf,

    async remove(name) {
      const users = Object.values(await usesOf(name)).flat();
      if (users.length > 0)
        throw new AppError('derived-in-use', `The derived attribute ${name} is in use`, {
          details: {
            names: users
              .slice(0, 5)
              .map((user) => user.name)
              .join(', '),
            count: users.length,
          },
        });
      await stored.updateOne({ _id: name }, { $set: { isDeleted: true } });
      deps.index.forget();
      await scheduleClearing(name);
    },

    async resume() {
      for await (const record of stored.find({ 'fill.status': 'running', isDeleted: { $exists: false } }))
        await schedule(record);
      for await (const { _id } of stored.find({ isDeleted: true })) await scheduleClearing(_id);
      const today = new Date(startOfToday());
      const stale = { 'derivation.kind': 'rfm' as const, 'fill.status': 'done' as const, 'rfm.at': { $lt: today } };
      for await (const { _id } of stored.find(stale)) await fillAgain(_id);
    },
  };

  /** What is worked out from sensitive values tells of them. */
  async function sensitivityOf(derivation: Derivation): Promise<Sensitivity> {
    if (derivation.kind !== 'cases') return DEFAULT_SENSITIVITY;
    const handling = await dictionary.handling();
    const read = derivation.cases.flatMap(({ when }) => attributeNames(when));
    const levels = new Set(read.map((name) => handling.get(name)?.sensitivity));
    return (['secret', 'sensitive'] as const).find((level) => levels.has(level)) ?? DEFAULT_SENSITIVITY;
  }
}

function typesOf(name: string, derivation: Derivation): Map<string, ValueType> {
  if (derivation.kind === 'rfm')
    return new Map(
      attributesOf(name, derivation).map((each) => [
        each,
        each === rfmAttribute(name, 'segment') ? 'string' : 'number',
      ]),
    );
  if (derivation.kind === 'cases') return new Map([[name, inferType(derivation.cases[0]?.value) ?? 'string']]);
  const { kind } = derivation.measure;
  if (kind !== 'first' && kind !== 'last') return new Map([[name, 'number']]);
  // Of what type a property is shows with the first value.
  return derivation.measure.property === undefined ? new Map([[name, 'date']]) : new Map();
}

const ID_ALPHABET = '-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz';

/** Ids of profiles are digests, spread evenly: how far a walk has come shows in their first characters. */
function progressOf(afterId = ''): number {
  const [first = 0, second = 0] = [...afterId].map((character) => Math.max(0, ID_ALPHABET.indexOf(character)));
  return (first + second / ID_ALPHABET.length) / ID_ALPHABET.length;
}

function toReply({
  _id: name,
  description,
  derivation,
  fill,
  rfm,
  updatedAt,
  updatedBy,
}: DerivedRecord): DerivedAttribute {
  const { status, done, startedAt, finishedAt } = fill;
  return {
    name,
    description,
    derivation,
    attributes: attributesOf(name, derivation),
    fill: {
      status,
      progress: status === 'done' ? 1 : progressOf(fill.afterId),
      done,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    },
    rfm: rfm
      ? {
          customers: rfm.customers,
          segments: RFM_SEGMENTS.map((segment) => ({ segment, size: rfm.segments[segment] })),
          at: rfm.at.toISOString(),
        }
      : null,
    updatedAt: updatedAt.toISOString(),
    updatedBy,
  };
}

const ATTRIBUTES_ONLY: Words = {
  'en-US': 'The conditions of its cases may look at attributes only.',
  'zh-CN': '各情形的条件只能使用属性。',
};
const NO_RUN: Words = {
  'en-US': 'There is no flow here that somebody could have entered; choose another time.',
  'zh-CN': '这里没有“进入方案”的时刻，请选择其他时间范围。',
};
const STILL_GOING: Words = {
  'en-US': 'Values of one with this name are still being removed; try again in a moment.',
  'zh-CN': '同名属性的值正在清除，请稍后再试。',
};
const OTHER_KIND: Words = {
  'en-US': 'It was worked out in another way; delete it first.',
  'zh-CN': '它原来的计算方式不同，请先删除。',
};
const isTaken = (name: string): Words => ({
  'en-US': `There is an attribute ${name} already; choose another name.`,
  'zh-CN': `属性 ${name} 已存在，请换一个名称。`,
});
const inCircle = (names: readonly string[]): Words => ({
  'en-US': `It would follow from itself: ${names.join(' → ')}.`,
  'zh-CN': `它会依赖自身：${names.join(' → ')}。`,
});

function invalid(problem: Words): AppError {
  return new AppError('derived-invalid', problem['en-US'], { details: { problem } });
}

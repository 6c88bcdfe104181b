import type { Condition, DatasetRow, EvaluationInstant } from '@sluice/shared/condition';
import type { TriggerPlan } from '@sluice/shared/node-contract';
import type { Filter } from 'mongodb';
import { memberships, membershipIdOf, type MembershipRecord } from '../audiences/membership-record.ts';
import { compileFilter } from '../conditions/compile-filter.ts';
import { datasetRows, type RowRecord, rowsOf } from '../datasets/dataset-record.ts';
import type { PreviousRun } from '../enrolment/entry-rule.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { toEventFacts } from '../matching/event-consumer.ts';
import { toAttributes, toFacts } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import type { FlowReads } from './flow-reads.ts';
import type { SentEvent, Subject } from './forecast-message.ts';

/** Profiles read and handed over together. */
const PAGE = 1000;
export interface SubjectQuery {
  flowId: string;
  startAt: number;
  replayMs: number;
  timeZone: string;
  reads: FlowReads;
  plans: readonly TriggerPlan[];
}

/** Whom any of the triggers may take, now or as time passes; what the store cannot judge is left open. */
export function filterOfSubjects({ plans, startAt, timeZone }: Pick<SubjectQuery, 'plans' | 'startAt' | 'timeZone'>) {
  const anyOf: Condition = { op: 'any', of: plans.map(({ audience }) => audience) };
  const instant: EvaluationInstant = { now: startAt, timeZone };
  return compileFilter(anyOf, instant, { isForAllTime: true }).filter;
}

/**
 * Everyone who may enter, in `_id` order, a batch at a time, with only what the flow reads: one query per source and batch,
 * all of them ranges or points of an index.
 */
export async function* readSubjects(database: Database, query: SubjectQuery): AsyncGenerator<Subject[]> {
  const filter = filterOfSubjects(query);
  if (filter === false) return;
  const stored = database.collection(profiles);
  const projection = projectionOf(query.reads);
  const hasRuns =
    (await database.collection(runs).findOne({ flowId: query.flowId }, { projection: { _id: 1 } })) !== null;
  const read = (afterId: string | undefined) =>
    stored
      .find(behind(filter === true ? {} : filter, afterId))
      .project<ProfileRecord>(projection)
      .sort({ _id: 1 })
      .limit(PAGE)
      .toArray();
  let page = await read(undefined);
  while (page.length > 0) {
    const last = page.at(-1)?._id;
    // The next page is on its way while this one is made ready and used.
    const next = page.length < PAGE || last === undefined ? Promise.resolve([]) : read(last);
    next.catch(() => undefined);
    yield await completeSubjects(database, query, page, hasRuns);
    page = await next;
  }
}

/** Names with a dot are columns of datasets; no attribute has one. */
function projectionOf({ attributes }: FlowReads): Record<string, 1> {
  if (!attributes) return { userId: 1, attributes: 1 };
  const names = [...attributes].filter((name) => !name.includes('.'));
  return Object.fromEntries([['userId', 1], ...names.map((name) => [`attributes.${name}`, 1])]);
}

function behind(filter: Filter<ProfileRecord>, afterId: string | undefined): Filter<ProfileRecord> {
  return afterId === undefined ? filter : { $and: [{ _id: { $gt: afterId } }, filter] };
}

async function completeSubjects(
  database: Database,
  query: SubjectQuery,
  page: readonly ProfileRecord[],
  hasRuns: boolean,
): Promise<Subject[]> {
  const ids = page.map(({ _id }) => _id);
  const [eventsOf, membershipsOf, rowsOfAll, pastOf] = await Promise.all([
    readEvents(database, query, ids),
    readMemberships(database, query, ids),
    readRows(database, query.reads, ids),
    hasRuns ? readPast(database, query.flowId, ids) : new Map<string, Subject['past']>(),
  ]);
  return page.map((record) => {
    const { _id: id, attributes = {} } = record;
    const held = membershipsOf.get(id) ?? [];
    const past = pastOf.get(id);
    const moves = movesOf(held, query);
    const rows = rowsOfAll.get(id);
    return {
      profile: toFacts({ ...record, attributes, userId: record.userId ?? null }),
      events: eventsOf.get(id) ?? [],
      audiences: held.filter(({ isMember }) => isMember).map(({ audience }) => audience),
      ...(rows && { rows }),
      ...(past && { past }),
      ...(moves.length > 0 && { moves }),
    };
  });
}

/** Past events that conditions count, and those that are replayed as what starts runs. */
async function readEvents(database: Database, query: SubjectQuery, ids: readonly string[]) {
  const { reads, plans, startAt, replayMs } = query;
  const spans = new Map([...reads.events].map(([name, span]) => [name, startAt - span]));
  const replayed = plans.flatMap(({ start }) => (start.kind === 'event' ? [start.event] : []));
  for (const name of replayed) spans.set(name, Math.min(spans.get(name) ?? startAt, startAt - replayMs));
  const found = new Map<string, SentEvent[]>();
  if (spans.size === 0) return found;
  const until = new Date(startAt);
  const read = ([name, from]: [string, number]) =>
    database
      .collection(events)
      .find({
        profileId: { $in: [...ids] },
        name,
        at: { $lte: until, ...(Number.isFinite(from) && { $gte: new Date(from) }) },
      })
      .project<EventRecord>({ profileId: 1, name: 1, at: 1, receivedAt: 1, properties: 1 })
      .toArray();
  const records = (await Promise.all([...spans].map(read))).flat();
  for (const record of records) {
    const { name, at, properties } = toEventFacts(record);
    const list = found.get(record.profileId) ?? [];
    list.push({ name, at, properties: { ...properties } });
    found.set(record.profileId, list);
  }
  return found;
}

async function readRows(database: Database, { datasets }: FlowReads, ids: readonly string[]) {
  const found = new Map<string, DatasetRow[]>();
  for (const dataset of datasets) {
    const records = await database
      .collection(datasetRows)
      .find(rowsOf(dataset, ids))
      .project<Pick<RowRecord, 'profileId' | 'values'>>({ profileId: 1, values: 1 })
      .toArray();
    for (const { profileId, values } of records) {
      const list = found.get(profileId) ?? [];
      list.push({ dataset, values: toAttributes(values) });
      found.set(profileId, list);
    }
  }
  return found;
}

type HeldMembership = Pick<MembershipRecord, 'profileId' | 'audience' | 'isMember' | 'history'>;

async function readMemberships(database: Database, { reads, plans }: SubjectQuery, ids: readonly string[]) {
  const asked = new Set(reads.audiences);
  for (const { start } of plans) if (start.kind === 'membership') asked.add(start.audience);
  if (asked.size === 0) return new Map<string, HeldMembership[]>();
  const records = await database
    .collection(memberships)
    .find({ _id: { $in: [...asked].flatMap((audience) => ids.map((id) => membershipIdOf(audience, id))) } })
    .project<HeldMembership>({ profileId: 1, audience: 1, isMember: 1, history: 1 })
    .toArray();
  return Map.groupBy(records, ({ profileId }) => profileId);
}

function movesOf(held: readonly HeldMembership[], { plans, startAt, replayMs }: SubjectQuery) {
  const starting = new Set(plans.flatMap(({ start }) => (start.kind === 'membership' ? [start.audience] : [])));
  if (starting.size === 0) return [];
  return held.flatMap(({ audience, history }) =>
    !starting.has(audience)
      ? []
      : history.flatMap(({ change, at }) =>
          at.getTime() >= startAt - replayMs ? [{ audience, change, at: at.getTime() }] : [],
        ),
  );
}

/** What re-entry is decided by: the runs that people have had in this flow. */
async function readPast(database: Database, flowId: string, ids: readonly string[]) {
  const records = await database
    .collection(runs)
    .find({ profileId: { $in: [...ids] }, flowId })
    .project<Pick<RunRecord, 'profileId'> & PreviousRun>({
      profileId: 1,
      status: 1,
      enteredAt: 1,
      endedAt: 1,
      origin: 1,
    })
    .toArray();
  const found = new Map<string, Subject['past']>();
  for (const [profileId, ofProfile] of Map.groupBy(records, (record) => record.profileId)) {
    const [last] = ofProfile.toSorted((a, b) => b.enteredAt.getTime() - a.enteredAt.getTime());
    if (last) found.set(profileId, { ids: ofProfile.map(({ _id }) => _id), last });
  }
  return found;
}

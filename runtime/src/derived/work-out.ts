import { compileCondition, compileOutlook, rfmAttribute, type RfmPart } from '@sluice/shared/condition';
import type { Attributes } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { AnyBulkWriteOperation, Filter } from 'mongodb';
import type { Observation } from '../conditions/observation-buffer.ts';
import { events } from '../ingest/event-record.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import type { markUpdate } from '../profiles/profile-watch.ts';
import type { Database } from '../stores/database.ts';
import type { Definition } from './derived-index.ts';
import { derivedDue } from './derived-record.ts';
import { readAggregates, readOrders } from './read-events.ts';
import { scoreRfm } from './score-rfm.ts';

export interface WorkOutDeps {
  database: Database;
  clock: Clock;
  timeZone: string;
  dictionary?: { observe(observation: Observation): void };
}

/** Which derivations are to be worked out for which profiles. Cases stand behind those that they read. */
export type Touched = Map<Definition, Set<string>>;

export function touch(touched: Touched, definitions: readonly Definition[] | undefined, profileId: string): void {
  for (const definition of definitions ?? []) {
    const ids = touched.get(definition);
    if (ids) ids.add(profileId);
    else touched.set(definition, new Set([profileId]));
  }
}

/** The part of an update by which those are told who follow the names. */
export type MarksOf = (names: string[]) => ReturnType<typeof markUpdate>;

type Known = Pick<ProfileRecord, '_id' | 'attributes'>;
/** Undefined: the attribute goes. */
type Values = Map<string, StoredValue | undefined>;

/** Somebody else wrote between looking and writing; so often in a row does not happen by chance. */
const MOST_TRIES = 10;

/**
 * Works values out from the store and writes those that have changed, with one query per source and kind, whatever the
 * number of profiles. A value is written only over the one that was seen before its sources were read, so that of two
 * processes the one that saw less does not win. Twice is harmless. Answers the names that changed, by profile.
 */
export async function workOut(deps: WorkOutDeps, touched: Touched, marksOf: MarksOf): Promise<Map<string, string[]>> {
  const stored = deps.database.collection(profiles);
  const changed = new Map<string, string[]>();
  let open: ReadonlySet<string> = new Set([...touched.values()].flatMap((ids) => [...ids]));
  for (let attempt = 0; open.size > 0; attempt += 1) {
    if (attempt === MOST_TRIES) throw new Error(`Profiles changed under ${MOST_TRIES} tries to write what is derived`);
    const known = await stored
      .find({ _id: { $in: [...open] } })
      .project<Known>({ attributes: 1 })
      .toArray();
    const values = await read(deps, touched, known);
    const writes = known.flatMap((profile) => toWrite(profile, values.get(profile._id) ?? new Map(), marksOf));
    if (writes.length === 0) break;
    const { matchedCount } = await stored.bulkWrite(
      writes.map(({ operation }) => operation),
      { ordered: false },
    );
    for (const { id, names } of writes) changed.set(id, [...new Set([...(changed.get(id) ?? []), ...names])]);
    deps.dictionary?.observe({ attributes: writes.map(({ set }) => set), at: new Date(deps.clock.now()) });
    // Which of them failed is not told; those that did not fail have nothing to change any more.
    open = matchedCount < writes.length ? new Set(writes.map(({ id }) => id)) : new Set();
  }
  return changed;
}

async function read(deps: WorkOutDeps, touched: Touched, known: readonly Known[]): Promise<Map<string, Values>> {
  const collection = deps.database.collection(events);
  const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
  const values = new Map<string, Values>(known.map(({ _id }) => [_id, new Map()]));
  const due = new Map<string, { name: string; profileId: string; until: number }>();
  const note = (name: string, profileId: string, until: number) => {
    if (Number.isFinite(until)) due.set(`${name}/${profileId}`, { name, profileId, until });
  };
  // By map, not in the order of touch: cases read what stands before them.
  for (const [{ name, derivation, rfm }, asked] of touched) {
    const subjects = known.filter(({ _id }) => asked.has(_id));
    const ids = subjects.map(({ _id }) => _id);
    if (ids.length === 0) continue;
    if (derivation.kind === 'aggregate') {
      const answer = await readAggregates(collection, derivation, ids, instant);
      for (const { _id, attributes } of subjects) {
        const { value, until } = answer(_id);
        // Nobody has a number of events of which there never was one.
        if (value !== 0 || Object.hasOwn(attributes, name)) values.get(_id)?.set(name, value);
        note(name, _id, until);
      }
    } else if (derivation.kind === 'rfm') {
      if (!rfm) continue;
      const orders = await readOrders(collection, derivation, ids, instant);
      for (const { _id } of subjects) {
        const own = orders.get(_id);
        const scores = own && scoreRfm(own, rfm.bounds, instant.now);
        const parts: Record<RfmPart, StoredValue | undefined> = {
          recency: scores?.recency,
          frequency: own?.count,
          monetary: own?.amount,
          r: scores?.r,
          f: scores?.f,
          m: scores?.m,
          segment: scores?.segment,
        };
        for (const [part, value] of Object.entries(parts))
          values.get(_id)?.set(rfmAttribute(name, part as RfmPart), value);
      }
    } else {
      const compiled = derivation.cases.map(({ when, value }) => ({
        value,
        verdict: compileCondition(when, instant),
        outlook: compileOutlook(when, instant),
      }));
      for (const { _id, attributes } of subjects) {
        const facts = {
          attributes: overlay(attributes, values.get(_id)),
          measure: () => 0,
          detail: () => undefined,
          isMember: () => false,
        };
        const hit = compiled.find(({ verdict }) => verdict(facts).isMatch);
        values.get(_id)?.set(name, hit?.value ?? derivation.otherwise);
        const outlooks = compiled.map(({ outlook }) => outlook({ ...facts, ...NEVER }));
        note(name, _id, Math.min(...outlooks.map(({ until }) => until)));
      }
    }
  }
  await writeDue(deps.database, [...due]);
  return values;
}

const NEVER = { horizon: () => Number.POSITIVE_INFINITY, detailHorizon: () => Number.POSITIVE_INFINITY };

/** Before the values: a kill in between looks once too often. */
async function writeDue(
  database: Database,
  due: readonly [string, { name: string; profileId: string; until: number }][],
): Promise<void> {
  if (due.length === 0) return;
  await database.collection(derivedDue).bulkWrite(
    due.map(([_id, { name, profileId, until }]) => ({
      updateOne: { filter: { _id }, update: { $set: { name, profileId, recheckAt: new Date(until) } }, upsert: true },
    })),
    { ordered: false },
  );
}

function overlay(attributes: ProfileRecord['attributes'], values: Values | undefined): Attributes {
  const merged = { ...attributes };
  for (const [name, value] of values ?? []) {
    if (value === undefined) delete merged[name];
    else merged[name] = value;
  }
  return toAttributes(merged);
}

function toWrite(profile: Known, values: Values, marksOf: MarksOf) {
  const { _id, attributes } = profile;
  const differing = [...values].filter(
    ([name, value]) =>
      JSON.stringify(value) !== JSON.stringify(Object.hasOwn(attributes, name) ? attributes[name] : undefined),
  );
  if (differing.length === 0) return [];
  const names = differing.map(([name]) => name);
  const set = Object.fromEntries(differing.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
  return [{ id: _id, names, set, operation: toOperation(profile, differing, marksOf(names)) }];
}

function toOperation(
  { _id, attributes }: Known,
  differing: readonly [string, StoredValue | undefined][],
  marks: ReturnType<MarksOf>,
): AnyBulkWriteOperation<ProfileRecord> {
  const set: Record<string, unknown> = { ...marks.$set };
  const unset: Record<string, true> = {};
  const asSeen: Record<string, unknown> = { _id };
  for (const [name, value] of differing) {
    const path = `attributes.${name}`;
    asSeen[path] = Object.hasOwn(attributes, name) ? attributes[name] : { $exists: false };
    if (value === undefined) unset[path] = true;
    else set[path] = value;
  }
  return {
    updateOne: {
      filter: asSeen as Filter<ProfileRecord>,
      update: {
        ...(Object.keys(set).length > 0 && { $set: set }),
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
        ...(marks.$addToSet && { $addToSet: marks.$addToSet }),
      } as object,
    },
  };
}

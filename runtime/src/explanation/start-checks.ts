import type { EntryCheck } from '@sluice/shared/http-api';
import type { TriggerPlan, TriggerStart } from '@sluice/shared/node-contract';
import type { AttributeLens } from '../access/read-level.ts';
import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { nextDated } from '../enrolment/dated-profiles.ts';
import { nextStart } from '../enrolment/due-occurrences.ts';
import { enrolments } from '../enrolment/enrolment-record.ts';
import { keyIn } from '../enrolment/event-entries.ts';
import type { StartOf } from '../enrolment/live-triggers.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { isTimely, toEventFacts } from '../matching/event-consumer.ts';
import { compileWhere } from '../matching/match-awaits.ts';
import type { ProfileRecord } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';

/** Whose start is asked about, of which trigger, and when. */
export interface StartQuestion {
  database: Database;
  flowId: string;
  version: number;
  trigger: string;
  plan: TriggerPlan;
  /** Occasions received earlier are not for this flow (ENT-5). Unix milliseconds. */
  since: number;
  profile: ProfileRecord;
  lens: AttributeLens;
  now: number;
  timeZone: string;
}

/** What was found, and the key of the last occasion where the rule of re-entry asks for one. */
export interface StartFinding extends Omit<EntryCheck, 'step'> {
  key?: string;
}

/** Events of the name that are looked at, newest first. */
const MOST_EVENTS = 50;
const DAYS_AHEAD = 400;

/** Whether what starts a trigger has come for a person, read from what is kept of it. */
export async function checkStart(question: StartQuestion): Promise<StartFinding> {
  const { start } = question.plan;
  switch (start.kind) {
    case 'event':
      return checkEvent(question, start);
    case 'membership':
      return checkMembership(question, start);
    case 'date':
      return checkDate(question, start);
    case 'call':
      return { isMet: null, code: 'start:by-call' };
    case 'publish':
    case 'at':
    case 'recurring':
      return checkFiring(question, start);
  }
}

/** Of the events since the flow takes any, the newest that fits; else what is wrong with the newest. */
async function checkEvent(
  { database, profile, since, now, timeZone }: StartQuestion,
  start: StartOf<'event'>,
): Promise<StartFinding> {
  const { event: name, where, key } = start;
  const found = await database
    .collection(events)
    .find({ profileId: profile._id, name })
    .sort({ at: -1 })
    .limit(MOST_EVENTS)
    .toArray();
  const passes = compileWhere(where, { now, timeZone });
  const isFitting = (event: EventRecord) =>
    event.receivedAt.getTime() >= since && isTimely(event) && passes(toEventFacts(event).properties);
  const fitting = found.find(isFitting);
  const [newest] = found;
  if (fitting) {
    const values = { event: name, at: fitting.receivedAt.getTime() };
    return { isMet: true, code: 'start:event-came', values, ...keyIn(toEventFacts(fitting), key) };
  }
  if (!newest) return { isMet: false, code: 'start:event-never', values: { event: name } };
  const values = { event: name, at: newest.receivedAt.getTime() };
  if (newest.receivedAt.getTime() < since)
    return { isMet: false, code: 'start:event-before', values: { ...values, since } };
  if (!isTimely(newest))
    return { isMet: false, code: 'start:event-late', values: { ...values, happenedAt: newest.at.getTime() } };
  const { properties } = toEventFacts(newest);
  const failing = (where ?? []).find((filter) => !compileWhere([filter], { now, timeZone })(properties));
  return { isMet: false, code: 'start:event-other', values: { ...values, property: failing?.property ?? '' } };
}

async function checkMembership(
  { database, profile, since }: StartQuestion,
  { audience, change }: StartOf<'membership'>,
): Promise<StartFinding> {
  const record = await database.collection(memberships).findOne({ _id: membershipIdOf(audience, profile._id) });
  const last = record?.history.findLast((one) => one.change === change);
  const values = { audience };
  if (!last) return { isMet: false, code: `start:never-${change}`, values };
  const at = last.at.getTime();
  if (at < since) return { isMet: false, code: `start:${change}-before`, values: { ...values, at, since } };
  return { isMet: true, code: `start:${change}`, values: { ...values, at } };
}

/** When the date of a veiled attribute comes tells the date. */
function checkDate({ profile, lens, now, timeZone }: StartQuestion, start: StartOf<'date'>): StartFinding {
  const { attribute } = start;
  const values = { attribute };
  if (lens.readLevel(attribute) !== 'plain') return { isMet: null, code: 'start:date-veiled', values };
  const value = profile.attributes[attribute];
  if (value === undefined || value === null) return { isMet: false, code: 'start:no-date', values };
  const at = nextDated(value, { ...start, timeZone: start.timeZone ?? timeZone }, now, DAYS_AHEAD);
  if (at === undefined) return { isMet: false, code: 'start:date-over', values };
  return { isMet: null, code: 'start:date-comes', values: { ...values, at } };
}

/** Who was taken in by a clock: everybody at once, so that the last time says whether this person was asked. */
async function checkFiring(
  { database, flowId, version, trigger, profile, now, timeZone }: StartQuestion,
  start: TriggerStart,
): Promise<StartFinding> {
  const next = nextStart(start, timeZone, now);
  const coming: Record<string, number> = next === undefined ? {} : { next };
  const [last] = await database
    .collection(enrolments)
    .find({ flowId, version, trigger })
    .sort({ startedAt: -1 })
    .limit(1)
    .toArray();
  if (!last)
    return next === undefined
      ? { isMet: false, code: 'start:not-fired' }
      : { isMet: null, code: 'start:fires', values: { next } };
  const at = last.startedAt.getTime();
  if (last.status === 'cancelled') return { isMet: false, code: 'start:cancelled', values: { at, ...coming } };
  const isAsked = last.status === 'done' || (last.afterId !== undefined && last.afterId >= profile._id);
  if (!isAsked) return { isMet: null, code: 'start:under-way', values: { at } };
  const createdAt = profile.createdAt.getTime();
  if (createdAt > (last.finishedAt ?? last.startedAt).getTime())
    return { isMet: false, code: 'start:came-later', values: { at, createdAt, ...coming } };
  return { isMet: true, code: 'start:fired', values: { at, ...coming } };
}

import type { DryEffect } from '@sluice/shared/http-api';
import type { Effect } from '@sluice/shared/node-contract';
import { membershipIdOf, memberships } from '../audiences/membership-record.ts';
import { type CallRecord, calls } from '../calls/call-record.ts';
import { type DeliveryRecord, deliveries } from '../channels/delivery-record.ts';
import { batches } from '../executor/batch-record.ts';
import { type RunRecord, runs } from '../executor/run-record.ts';
import { eventIdOf } from '../ingest/event-log.ts';
import { type EventRecord, events } from '../ingest/event-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import { simpleProperties } from '../sandbox/simple-properties.ts';
import type { Database } from '../stores/database.ts';

/** Steps whose events are looked for, newest first, and how many effects of a step: an event is found by its exact id. */
const MOST_STEPS = 200;
const MOST_EFFECTS = 8;

/**
 * What became of the effects of a run, by `seq`, as far as anything is kept of them: deliveries and calls are for good, events
 * and runs of other flows too; of changes of attributes and audiences only that they were made, and only the latest.
 */
export async function readEffects(
  database: Database,
  run: RunRecord,
  profileId: string,
  audiences: readonly string[],
): Promise<Map<number, DryEffect[]>> {
  // Ids of effects are `runId/seq/index`: those of a run lie together in the primary key.
  const ofRun = { _id: { $gte: `${run._id}/`, $lt: `${run._id}0` } };
  const isOfRun = (id: string) => id.startsWith(`${run._id}/`);
  const [sent, called, told, started, changed, moved, open] = await Promise.all([
    database.collection(deliveries).find(ofRun).toArray(),
    database.collection(calls).find(ofRun).toArray(),
    readEvents(database, run),
    database
      .collection(runs)
      .find({ profileId })
      .project<Pick<RunRecord, '_id' | 'entryKey' | 'flowId' | 'parent'>>({ entryKey: 1, flowId: 1, parent: 1 })
      .toArray(),
    database.collection(profiles).findOne({ _id: profileId }, { projection: { appliedEffects: 1 } }),
    database
      .collection(memberships)
      .find({ _id: { $in: audiences.map((id) => membershipIdOf(id, profileId)) }, appliedEffects: { $exists: true } })
      .toArray(),
    run.hold && run.status === 'ended' ? database.collection(batches).findOne({ _id: run.hold.batch }) : null,
  ]);
  const found = new Map<string, DryEffect>();
  /** What a step decided says more than what is found of it. */
  const note = (id: string, effect: Effect, rest: Partial<DryEffect> = { result: { isOk: true } }) =>
    found.set(id, { id, effect: found.get(id)?.effect ?? effect, ...rest });
  // The effects of a run that has ended stay with it; that they were performed is said by the end of their batch. Of any
  // other they are there until they are.
  const isDone = run.status === 'ended' && open === null;
  for (const { seq, index, effect } of run.effects ?? [])
    note(`${run._id}/${seq}/${index}`, effect, isDone ? { result: { isOk: true } } : {});
  for (const one of sent) note(one._id, toMessageEffect(one), { message: toMessage(one) });
  for (const one of called) note(one._id, toCallEffect(one), { call: toCall(one) });
  for (const [id, { name, properties }] of told)
    note(id, { kind: 'emit-event', name, properties: simpleProperties(properties) });
  for (const { entryKey, flowId, parent } of started)
    if (isOfRun(entryKey)) note(entryKey, { kind: 'start-run', flow: flowId, isAwaited: parent !== undefined });
  for (const id of changed?.appliedEffects ?? []) if (isOfRun(id)) note(id, { kind: 'update-profile' });
  for (const { audience, appliedEffects = [], isMember } of moved)
    for (const id of appliedEffects)
      if (isOfRun(id)) note(id, { kind: 'change-membership', audience, change: isMember ? 'add' : 'remove' });
  return Map.groupBy(
    [...found.values()].sort((a, b) => indexOf(a) - indexOf(b)),
    ({ id }) => Number(id.split('/').at(-2)),
  );
}

async function readEvents(database: Database, { _id, path }: RunRecord): Promise<Map<string, EventRecord>> {
  const effectIds = path
    .map((_, seq) => seq)
    .slice(-MOST_STEPS)
    .flatMap((seq) => Array.from({ length: MOST_EFFECTS }, (_, index) => `${_id}/${seq}/${index}`));
  const byId = new Map(effectIds.map((id) => [eventIdOf(id), id]));
  const found = await database
    .collection(events)
    .find({ _id: { $in: [...byId.keys()] } })
    .toArray();
  return new Map(found.map((event) => [byId.get(event._id) ?? event._id, event]));
}

function toMessageEffect({ nodeId, channel }: DeliveryRecord): Effect {
  return { kind: 'send-message', channel, contentNode: nodeId };
}

function toMessage({ channel, status, reason, to, subject }: DeliveryRecord): NonNullable<DryEffect['message']> {
  return { channel, status, ...(reason && { reason }), to, subject, html: '', text: '' };
}

function toCallEffect({ nodeId, awaitedBy }: CallRecord): Effect {
  return { kind: 'call-http', requestNode: nodeId, isAwaited: awaitedBy !== undefined };
}

/** Of the attempts only the last is kept, and of what was sent only to whom. */
function toCall({ request, origin, attempts, at, since, answer, failure }: CallRecord): NonNullable<DryEffect['call']> {
  const overAt = (since ?? at).getTime();
  const last = { at: overAt - (answer?.ms ?? 0), overAt, isReal: true };
  return {
    method: request?.method ?? '',
    url: origin,
    body: '',
    attempts:
      attempts > 0
        ? [{ ...last, status: answer?.status ?? null, answer: answer?.text ?? '', failure: failure ?? null }]
        : [],
    failure: attempts > 0 ? null : (failure ?? null),
  };
}

function indexOf({ id }: DryEffect): number {
  return Number(id.split('/').at(-1));
}

import type { EffectOf } from '@sluice/shared/node-contract';
import { type AnyBulkWriteOperation, type Document, MongoBulkWriteError } from 'mongodb';
import type { Logger } from 'pino';
import { depthBehind } from '../executor/chain-depth.ts';
import { createAliases } from '../identities/aliases.ts';
import { toAttributes } from '../profiles/profile-facts.ts';
import { type ProfileRecord, profiles, type StoredValue } from '../profiles/profile-record.ts';
import { markUpdate, type ProfileMarker, type ProfileWatch } from '../profiles/profile-watch.ts';
import { toStoredValue } from '../profiles/stored-value.ts';
import type { ValueGate } from '../quality/value-gate.ts';
import type { Database } from '../stores/database.ts';
import type { EffectRequest, KindPerformer } from './kind-performer.ts';

/** More effects than one profile meets between a crash and its recovery. */
const REMEMBERED_EFFECTS = 20;

/** The change and the mark of its effect id are one update of the profile: exactly once, however often it is told. */
export function createProfilePerformer(
  database: Database,
  log: Logger,
  watch?: ProfileWatch,
  gate?: ValueGate,
): KindPerformer<'update-profile'> {
  const collection = database.collection(profiles);
  const aliases = createAliases({ database });
  return {
    kind: 'update-profile',
    async perform(asked) {
      const now = new Date();
      const requests = gate ? await admit(gate, asked, now) : asked;
      const marker = await watch?.marker();
      const sourced = await gate?.sourced();
      const toWrite = (request: EffectRequest<'update-profile'>, profileId: string) => ({
        updateOne: {
          filter: { _id: profileId, appliedEffects: { $ne: request.effectId } },
          update: updateOf(request, now, { marker, sourced }),
        },
      });
      const matched = await writeAll(requests.map((request) => toWrite(request, request.run.profileId)));
      if (matched < requests.length) {
        // Done before, or the profile is gone: perhaps into another one, which knows the effects that it had (RUN-11).
        const merged = await aliases.of(requests.map(({ run }) => run.profileId));
        await writeAll(
          requests.flatMap((request) => {
            const into = merged.get(request.run.profileId);
            return into === undefined ? [] : [toWrite(request, into)];
          }),
        );
      }
      await gate?.bound(
        requests.flatMap(({ effect, run: { profileId } }) =>
          effect.increment ? [{ profileId, attributes: Object.keys(effect.increment) }] : [],
        ),
      );
      watch?.wake();
      return undefined;
    },
  };

  /** Answers how many met their profile. */
  async function writeAll(writes: AnyBulkWriteOperation<ProfileRecord>[]): Promise<number> {
    let matched = 0;
    for (let rest = writes; rest.length > 0; ) {
      try {
        matched += (await collection.bulkWrite(rest)).matchedCount;
        rest = [];
      } catch (error) {
        const refused = refusedIndex(error);
        if (refused === undefined) throw error;
        // The handler saw a number or a list, and something else was stored since: the change is impossible now and for ever.
        log.warn({ reason: (error as Error).message }, 'a profile change was refused by the type of the stored value');
        rest = rest.slice(refused + 1);
      }
    }
    return matched;
  }
}

/** The same requests with what may be set and added; what is taken away needs no leave. */
async function admit(
  gate: ValueGate,
  requests: readonly EffectRequest<'update-profile'>[],
  at: Date,
): Promise<EffectRequest<'update-profile'>[]> {
  const items = requests.flatMap(({ effect: { set = {}, addToList = {} }, run: { profileId } }) => [
    { profileId, attributes: mapValues(set, toStoredValue), at },
    { profileId, attributes: addToList, at },
  ]);
  const admitted = await gate.admit(items, 'flow');
  return requests.map((request, index) => ({
    ...request,
    effect: {
      ...request.effect,
      ...(request.effect.set && { set: toAttributes(admitted[2 * index] ?? {}) }),
      ...(request.effect.addToList && {
        addToList: mapValues(admitted[2 * index + 1] ?? {}, (value) => [value].flat().map(String)),
      }),
    },
  }));
}

function mapValues<V, T>(values: Readonly<Record<string, V>>, change: (value: V) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** A number or a list was asked for, and something else is stored. */
const REFUSALS: readonly unknown[] = [2, 14];

function refusedIndex(error: unknown): number | undefined {
  if (!(error instanceof MongoBulkWriteError)) return undefined;
  const [first] = [error.writeErrors].flat();
  return first && REFUSALS.includes(first.code) ? first.index : undefined;
}

function updateOf(
  { effect, effectId, run }: EffectRequest<'update-profile'>,
  now: Date,
  { marker, sourced }: { marker: ProfileMarker | undefined; sourced: ReadonlySet<string> | undefined },
): Document {
  const mark = markUpdate(marker?.markOf(changedNames(effect)));
  const set: Record<string, StoredValue> = { updatedAt: now as StoredValue, ...mark.$set };
  for (const [name, value] of Object.entries(effect.set ?? {})) set[`attributes.${name}`] = toStoredValue(value);
  const isGone = new Set(effect.unset);
  const unset = Object.fromEntries([...isGone].map((name) => [`attributes.${name}`, true]));
  for (const name of changedNames(effect)) {
    if (!sourced?.has(name)) continue;
    if (isGone.has(name)) unset[`attributesFrom.${name}`] = true;
    else set[`attributesFrom.${name}`] = 'flow';
  }
  const increment = Object.fromEntries(
    Object.entries(effect.increment ?? {}).map(([name, by]) => [`attributes.${name}`, by]),
  );
  const add = { ...mark.$addToSet, ...forAttributes(effect.addToList, (texts) => ({ $each: texts })) };
  const pull = forAttributes(effect.removeFromList, (texts) => ({ $in: texts }));
  return {
    $set: set,
    ...(mark.$set && { $max: { 'unsettled.depth': depthBehind(run) } }),
    $push: { appliedEffects: { $each: [effectId], $slice: -REMEMBERED_EFFECTS } },
    ...(Object.keys(unset).length > 0 && { $unset: unset }),
    ...(Object.keys(increment).length > 0 && { $inc: increment }),
    ...(Object.keys(add).length > 0 && { $addToSet: add }),
    ...(Object.keys(pull).length > 0 && { $pull: pull }),
  };
}

function changedNames({ set, unset = [], increment, addToList, removeFromList }: EffectOf<'update-profile'>): string[] {
  return [...unset, ...[set, increment, addToList, removeFromList].flatMap((values) => Object.keys(values ?? {}))];
}

function forAttributes<T>(lists: Record<string, string[]> | undefined, write: (texts: string[]) => T) {
  return Object.fromEntries(Object.entries(lists ?? {}).map(([name, texts]) => [`attributes.${name}`, write(texts)]));
}

import type { Logger } from 'pino';
import type { Database } from '../stores/database.ts';
import type { MembershipConsumer, MembershipFact } from './membership-facts.ts';
import { type MembershipRecord, memberships } from './membership-record.ts';

const BATCH = 1000;

/** Tells consumers of changed memberships; the mark on a membership goes when all of them have taken its changes. */
export interface ChangeTeller {
  /** Tells all that is untold; calls that come while it works are folded into one more round. */
  wake(): void;
  /** Waits until nothing is under way. */
  idle(): Promise<void>;
  stop(): Promise<void>;
}

type Untold = Pick<MembershipRecord, '_id' | 'audience' | 'profileId' | 'changes' | 'history' | 'untoldFrom'>;

export function createChangeTeller(deps: {
  database: Database;
  consumers: readonly MembershipConsumer[];
  log: Logger;
}): ChangeTeller {
  const collection = deps.database.collection(memberships);
  const state = { work: undefined as Promise<void> | undefined, isAskedAgain: false, isStopped: false };

  async function tellBatch(): Promise<number> {
    const batch = await collection
      .find({ isUntold: true })
      .project<Untold>({ audience: 1, profileId: 1, changes: 1, history: 1, untoldFrom: 1 })
      .sort({ _id: 1 })
      .limit(BATCH)
      .toArray();
    if (batch.length === 0) return 0;
    const facts = batch.flatMap(factsOf);
    for (let from = 0; from < facts.length; from += BATCH)
      for (const consumer of deps.consumers) await consumer.consume(facts.slice(from, from + BATCH));
    // One that changed meanwhile keeps its mark, and is told from the beginning again.
    await collection.bulkWrite(
      batch.map(({ _id, changes }) => ({
        updateOne: { filter: { _id, changes }, update: { $unset: { isUntold: true, untoldFrom: true } } },
      })),
      { ordered: false },
    );
    return batch.length;
  }

  async function drain(): Promise<void> {
    do {
      state.isAskedAgain = false;
      while (!state.isStopped && (await tellBatch()) > 0);
    } while (state.isAskedAgain && !state.isStopped);
  }

  return {
    wake() {
      state.isAskedAgain = true;
      if (state.work || state.isStopped) return;
      state.work = drain()
        .catch((error: unknown) => {
          // The changes stay untold; the next wake or the sweep tries again.
          deps.log.error({ err: error }, 'changes of memberships could not be told');
        })
        .finally(() => {
          state.work = undefined;
        });
    },
    async idle() {
      while (state.work) await state.work;
    },
    async stop() {
      state.isStopped = true;
      await state.work;
    },
  };
}

function factsOf({ _id, audience, profileId, history, untoldFrom = 1 }: Untold): MembershipFact[] {
  return history
    .filter(({ n }) => n >= untoldFrom)
    .map(({ n, change, at, depth }) => ({
      id: `${_id}/${n}`,
      audience,
      profileId,
      change,
      at: at.getTime(),
      ...(depth !== undefined && { depth }),
    }));
}

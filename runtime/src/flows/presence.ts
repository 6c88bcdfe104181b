import { AppError } from '@sluice/shared/errors';
import type { Account, BodyIn, ReplyOf } from '@sluice/shared/http-api';
import type { api } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { type Database, declareCollection } from '../stores/database.ts';
import { flows } from './flow-record.ts';

/** A tab in which somebody has the draft of a flow open. */
export interface PresenceRecord {
  /** `flowId:accountId:visit`: nobody speaks for another account. */
  _id: string;
  flowId: string;
  accountId: string;
  visit: string;
  name: string;
  node: string | null;
  isEditing: boolean;
  since: Date;
  seenAt: Date;
}

/** A tab that was not heard of for so long is gone; it speaks every five seconds. */
const SILENT_MS = 20_000;
/** More faces than that say no more. */
const MOST_SHOWN = 50;

export const presences = declareCollection<PresenceRecord>('flowPresences', [
  { key: { flowId: 1, seenAt: -1 } },
  // What a closed browser left; reading goes by the clock.
  { key: { seenAt: 1 }, options: { expireAfterSeconds: 60 } },
]);

/** Who has a draft open, and where. Kept in the store, since two people may be served by two processes. */
export interface FlowPresence {
  /** Takes down that a tab is there (or leaves) and answers who else is. Throws `not-found`. */
  show(
    flowId: string,
    tab: BodyIn<typeof api.presence.showPresence>,
    by: Account,
  ): Promise<ReplyOf<typeof api.presence.showPresence>>;
}

export function createFlowPresence({ database, clock }: { database: Database; clock: Clock }): FlowPresence {
  const stored = database.collection(presences);
  return {
    async show(flowId, { visit, node, isEditing, isLeaving }, by) {
      const flow = await database
        .collection(flows)
        .findOne({ _id: flowId }, { projection: { revision: 1, updatedBy: 1 } });
      if (!flow)
        throw new AppError('not-found', `There is no flow ${flowId}`, { details: { what: 'flow', id: flowId } });
      const now = clock.now();
      const _id = `${flowId}:${by.id}:${visit}`;
      if (isLeaving) await stored.deleteOne({ _id });
      else
        await stored.updateOne(
          { _id },
          {
            $set: { node, isEditing, name: by.name, seenAt: new Date(now) },
            $setOnInsert: { flowId, accountId: by.id, visit, since: new Date(now) },
          },
          { upsert: true },
        );
      const there = await stored
        .find({ flowId, seenAt: { $gt: new Date(now - SILENT_MS) } })
        .sort({ seenAt: -1 })
        .limit(MOST_SHOWN + 1)
        .toArray();
      const others = there
        .filter((other) => other._id !== _id)
        .sort((a, b) => a.since.getTime() - b.since.getTime())
        .map((other) => ({
          visit: other.visit,
          name: other.name,
          isYou: other.accountId === by.id,
          node: other.node,
          isEditing: other.isEditing,
          since: other.since.toISOString(),
        }));
      return { others, draft: { revision: flow.revision, savedBy: flow.updatedBy } };
    },
  };
}

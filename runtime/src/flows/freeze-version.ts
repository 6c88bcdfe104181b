import { createHash } from 'node:crypto';
import type { PublishPolicy } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import {
  type FlowRecord,
  flows,
  flowVersions,
  type FlowVersionRecord,
  readGraph,
  templateKindsOf,
  versionIdOf,
} from './flow-record.ts';

/** What a version is made of. */
export interface VersionContent {
  graphText: string;
  digest: string;
  note: string;
  name?: string | undefined;
  policy?: PublishPolicy | undefined;
  by: string;
  rolledBackTo?: number;
  approval?: FlowVersionRecord['approval'] | undefined;
  failedCases?: string[] | undefined;
}

/**
 * Freezes content as the next version of a flow in an order that a kill between any two lines survives: (1) claim the
 * version's number for this content, (2) insert the version, (3) point the flow to it and mark it unsettled, in one update.
 * Dead after 1 or 2: nobody points to the version, and the next claim takes its place. Of several at once the last claim
 * wins: only its holder may point, and nobody with an earlier one can write over what it wrote.
 */
export function createVersionFreezer(deps: { database: Database; clock: Clock }) {
  const storedFlows = deps.database.collection(flows);
  const storedVersions = deps.database.collection(flowVersions);

  /** Answers the attempt that this content holds; undefined when somebody else has published since `flow` was read. */
  async function claim(flow: FlowRecord, key: string): Promise<number | undefined> {
    const claimed = await storedFlows.findOneAndUpdate(
      { _id: flow._id, liveVersion: flow.liveVersion, 'claim.key': { $ne: key } },
      { $set: { 'claim.key': key }, $inc: { 'claim.attempt': 1 } },
      { returnDocument: 'after', projection: { claim: 1 } },
    );
    if (claimed) return claimed.claim?.attempt;
    // The same content may be published by two at once, or again by one whose answer was lost.
    const found = await storedFlows.findOne({ _id: flow._id, liveVersion: flow.liveVersion, 'claim.key': key });
    return found?.claim?.attempt;
  }

  async function insertVersion(version: FlowVersionRecord & { attempt: number }): Promise<void> {
    try {
      await storedVersions.insertOne(version);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const { _id, attempt, ...content } = version;
      await storedVersions.replaceOne(
        { _id, $or: [{ attempt: { $exists: false } }, { attempt: { $lt: attempt } }] },
        { ...content, attempt },
      );
    }
  }

  /** Answers the version; undefined when somebody was faster, and the flow is to be looked at again. */
  return async function freeze(flow: FlowRecord, content: VersionContent): Promise<number | undefined> {
    const { graphText, digest, note, name, policy, by, rolledBackTo, approval, failedCases } = content;
    const { _id: flowId, revision, status } = flow;
    const version = (flow.liveVersion ?? 0) + 1;
    const isRollBack = rolledBackTo !== undefined;
    const attempt = await claim(flow, keyOf(version, revision, content));
    if (attempt === undefined) return undefined;
    const publishedAt = new Date(deps.clock.now());
    await insertVersion({
      _id: versionIdOf(flowId, version),
      flowId,
      version,
      revision,
      graphText,
      publishedAt,
      publishedBy: by,
      note,
      attempt,
      ...templateKindsOf(readGraph({ graphText })),
      ...(name && { name }),
      ...(policy && { policy }),
      ...(isRollBack && { rolledBackTo }),
      ...(approval && { approval }),
      ...(failedCases && { failedCases }),
    });
    const { matchedCount } = await storedFlows.updateOne(
      // Only while the draft is the one that was frozen, and nobody took the version, paused or archived the flow.
      { _id: flowId, revision, status, liveVersion: flow.liveVersion, 'claim.attempt': attempt },
      {
        $set: {
          status: status === 'paused' ? 'paused' : 'live',
          liveVersion: version,
          publishedRevision: isRollBack ? null : revision,
          publishedDigest: digest,
          isUnsettled: true,
          updatedAt: publishedAt,
          updatedBy: by,
        },
        $inc: { change: 1 },
        $unset: { claim: true },
      },
    );
    return matchedCount === 1 ? version : undefined;
  };
}

function keyOf(version: number, revision: number, content: VersionContent): string {
  const { digest, note, name, policy, by, rolledBackTo, approval } = content;
  const parts = [version, revision, digest, note, name, policy, by, rolledBackTo, approval].map((part) => part ?? null);
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}

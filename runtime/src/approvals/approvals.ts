import { AppError } from '@sluice/shared/errors';
import type { Account, ApprovalState } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import type { FlowPublisher, PublishRequest } from '../flows/flow-publisher.ts';
import { type FlowRecord, flowVersions } from '../flows/flow-record.ts';
import type { Database } from '../stores/database.ts';
import { type ApprovalRecord, approvals, type Decision } from './approval-record.ts';

/** Requests for a second person's agreement, and deciding them. */
export interface Approvals {
  /** Throws what publishing would, but for failing cases that are ignored: those an administrator has to agree to. */
  request(flowId: string, wanted: Omit<PublishRequest, 'approval'>, by: Account): Promise<ApprovalRecord>;
  /** Throws `not-found`. */
  get(id: string): Promise<ApprovalRecord>;
  /**
   * Publishes what was asked for. Asked again by the same person, the answer is the same version.
   * Throws `approval-own`, `approval-state`, and what publishing throws; then the request stays open.
   */
  approve(
    id: string,
    decision: { comment?: string | undefined; ignoreCases?: boolean | undefined },
    by: Account,
  ): Promise<{ version: number }>;
  /** Throws `approval-own`, `approval-state`. */
  sendBack(id: string, comment: string, by: Account): Promise<ApprovalRecord>;
  /** Throws `not-allowed` for a request of somebody else, `approval-state`. */
  withdraw(id: string, by: Account): Promise<ApprovalRecord>;
  /** Publishes what was agreed to before a kill; at start, and now and then. */
  resume(): Promise<void>;
}

export function createApprovals(deps: {
  database: Database;
  clock: Clock;
  drafts: Pick<FlowDrafts, 'get'>;
  publisher: Pick<FlowPublisher, 'publish' | 'rehearse'>;
  accounts: { get(id: string): Promise<Account | undefined> };
}): Approvals {
  const { drafts, publisher } = deps;
  const stored = deps.database.collection(approvals);

  async function get(id: string): Promise<ApprovalRecord> {
    const found = await stored.findOne({ _id: id });
    if (!found)
      throw new AppError('not-found', `There is no request ${id}`, { details: { what: 'approval request', id } });
    return found;
  }

  /** Refuses one that is not open, or void by now. */
  async function demandOpen(request: ApprovalRecord): Promise<void> {
    const state = stateOf(request, await drafts.get(request.flowId));
    if (state !== 'open') throw stateError(state);
  }

  /** One guarded update: of several who decide at once one does. */
  async function decide(id: string, state: ApprovalState, decision: Decision, isUnfinished?: true) {
    const decided = await stored.findOneAndUpdate(
      { _id: id, state: 'open' },
      {
        $set: {
          state,
          decision,
          ...(isUnfinished && { isUnfinished }),
          ...(state === 'sent-back' && { untold: 'decided' as const }),
        },
      },
      { returnDocument: 'after' },
    );
    if (!decided) throw stateError((await get(id)).state);
    return decided;
  }

  const decisionOf = (by: Account, comment: string): Decision => ({
    by: { id: by.id, name: by.name },
    at: new Date(deps.clock.now()),
    comment: comment.trim(),
  });

  /** The version that this request became; one that no flow points to was never published. */
  async function publishedAs(request: ApprovalRecord): Promise<number | undefined> {
    const { liveVersion } = await drafts.get(request.flowId);
    const found = await deps.database
      .collection(flowVersions)
      .findOne(
        { flowId: request.flowId, version: { $lte: liveVersion ?? 0 }, 'approval.id': request._id },
        { projection: { version: 1 } },
      );
    return found?.version;
  }

  /** From the decision to the version; may be done twice, by whoever decided and by the sweep. */
  async function finish(request: ApprovalRecord, decision: Decision, by: Account): Promise<number> {
    const { _id, flowId, revision, note, name, policy, requestedBy } = request;
    let version = await publishedAs(request);
    try {
      version ??= (
        await publisher.publish(
          flowId,
          {
            baseRevision: revision,
            note,
            name,
            policy,
            ignoreCases: decision.ignoreCases,
            approval: { id: _id, requestedBy: requestedBy.name },
          },
          by,
        )
      ).version;
    } catch (error) {
      version = await publishedAs(request);
      if (version === undefined) {
        // What may yet succeed stays decided; what was refused is to be decided anew, with the reason at hand.
        if (error instanceof AppError && error.kind === 'user')
          await stored.updateOne(
            { _id, state: 'approved', isUnfinished: true },
            { $set: { state: 'open' }, $unset: { decision: true, isUnfinished: true } },
          );
        throw error;
      }
    }
    // Published is published, though another try may have opened it again meanwhile.
    await stored.updateOne(
      { _id },
      {
        $set: { state: 'approved', decision, version, ...(!request.version && { untold: 'decided' as const }) },
        $unset: { isUnfinished: true },
      },
    );
    return version;
  }

  return {
    get,
    async request(flowId, wanted, by) {
      const { flow, cases } = await publisher.rehearse(flowId, wanted, by);
      const now = deps.clock.now();
      const { note, name, policy } = wanted;
      const record: ApprovalRecord = {
        _id: ulid(now),
        flowId,
        revision: flow.revision,
        graphText: flow.graphText,
        baseVersion: flow.liveVersion,
        note,
        ...(name?.trim() && { name: name.trim() }),
        ...(policy && { policy }),
        cases: cases.map(({ name, isPassed }) => ({ name, isPassed })),
        requestedBy: { id: by.id, name: by.name },
        requestedAt: new Date(now),
        state: 'open',
        untold: 'asked',
      };
      await stored.insertOne(record);
      // After it, so that a kill in between leaves two open ones rather than none.
      await stored.updateMany({ flowId, state: 'open', _id: { $lt: record._id } }, { $set: { state: 'void' } });
      return record;
    },
    async approve(id, { comment = '', ignoreCases }, by) {
      const request = await get(id);
      refuseOwn(request, by);
      if (request.state === 'approved' && request.decision?.by.id === by.id)
        return { version: request.version ?? (await finish(request, request.decision, by)) };
      await demandOpen(request);
      const decision = { ...decisionOf(by, comment), ...(ignoreCases && { ignoreCases }) };
      const decided = await decide(id, 'approved', decision, true);
      return { version: await finish(decided, decision, by) };
    },
    async sendBack(id, comment, by) {
      const request = await get(id);
      refuseOwn(request, by);
      await demandOpen(request);
      return decide(id, 'sent-back', decisionOf(by, comment));
    },
    async withdraw(id, by) {
      const request = await get(id);
      if (request.requestedBy.id !== by.id)
        throw new AppError('not-allowed', 'Only whoever asked for an approval may take the request back');
      await demandOpen(request);
      return decide(id, 'withdrawn', decisionOf(by, ''));
    },
    async resume() {
      for (const request of await stored.find({ isUnfinished: true }).toArray()) {
        const by = request.decision && (await deps.accounts.get(request.decision.by.id));
        if (request.decision && by) await finish(request, request.decision, by).catch(ignoreRefusal);
      }
    },
  };
}

/** What a request is by now; pure. */
export function stateOf(
  { state, flowId, revision }: Pick<ApprovalRecord, 'state' | 'flowId' | 'revision'>,
  flow: Pick<FlowRecord, '_id' | 'revision' | 'publishedRevision' | 'status'> | undefined,
): ApprovalState {
  if (state !== 'open') return state;
  const isSame = flow?._id === flowId && flow.revision === revision;
  const isPublished = flow?.publishedRevision === revision && flow.status !== 'archived';
  return isSame && !isPublished ? 'open' : 'void';
}

function refuseOwn({ requestedBy }: ApprovalRecord, by: Account): void {
  if (requestedBy.id === by.id)
    throw new AppError('approval-own', 'Whoever asked for an approval cannot decide it; somebody else has to');
}

function stateError(state: ApprovalState): AppError {
  return new AppError('approval-state', `The request is ${state} by now`, { details: { state } });
}

/** The request is open again and shows why; whatever else went wrong is tried at the next sweep. */
function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AppError)) throw error;
}

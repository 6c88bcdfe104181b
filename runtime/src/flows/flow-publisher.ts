import { AppError } from '@sluice/shared/errors';
import { type Graph, hasErrors } from '@sluice/shared/graph';
import type { Account } from '@sluice/shared/http-api';
import type { PublishPolicy, ResumePolicy } from '@sluice/shared/model';
import type { ManifestIndex } from '@sluice/shared/node-contract';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import type { DraftCheck } from './check-draft.ts';
import { draftConflict, type FlowDrafts } from './flow-drafts.ts';
import { digestOf, type FlowRecord, flows, flowVersions, readGraph, versionIdOf } from './flow-record.ts';
import { createVersionFreezer } from './freeze-version.ts';
import type { FlowSettling } from './settle-flow.ts';

export interface FlowPublisher {
  /**
   * Freezes the draft as the next version, starts its triggers and deals with runs in flight. Publishing the revision that
   * is live already answers with its version and changes nothing, so a lost answer can be asked for again. A paused flow
   * stays paused.
   * Throws `draft-conflict` when the draft has moved on, `flow-has-problems` with the problems, `cases-failing` with the
   * results of its cases unless an administrator ignores them, `approval-required` where a second person has to agree first.
   */
  publish(flowId: string, request: PublishRequest, by: Account): Promise<{ version: number }>;
  /** Whether that draft could be published so, with the answers of its cases. Changes nothing; throws like `publish`. */
  rehearse(flowId: string, request: PublishRequest, by: Account): Promise<Rehearsal>;
  /** Publishes an older version's graph again as the next version; the draft stays as it is. Throws like `publish`. */
  rollBack(
    flowId: string,
    request: { version: number; note: string; policy?: PublishPolicy | undefined },
    by: Account,
  ): Promise<{ version: number }>;
  /** Takes nobody in and holds runs where they are. Twice is harmless; throws `flow-not-live`. */
  pause(flowId: string, by: Account): Promise<void>;
  /** Of a flow that is live already: changes nothing. Throws `flow-not-live`. */
  resume(flowId: string, how: ResumePolicy, by: Account): Promise<void>;
  /** Stops the triggers; runs in flight go on to their end, those that a pause held too. Twice is harmless. */
  archive(flowId: string, by: Account): Promise<void>;
}

export interface PublishRequest {
  baseRevision: number;
  note: string;
  name?: string | undefined;
  policy?: PublishPolicy | undefined;
  ignoreCases?: boolean | undefined;
  /** Somebody asked, and the publisher is the second person who agreed: `requestedBy` is a name. */
  approval?: { id: string; requestedBy: string } | undefined;
}

export interface Rehearsal {
  flow: FlowRecord;
  cases: { name: string; isPassed: boolean }[];
}

/** Runs the cases of a flow over a graph that is to be published; answers all of them. */
export interface CaseGate {
  run(flowId: string, graph: Graph): Promise<{ name: string; isPassed: boolean }[]>;
}

/**
 * Every change of a flow's state is one update of its record that also marks it unsettled; then triggers and runs are told,
 * and the mark is cleared. A kill in between leaves the mark, and settling tells them (again).
 */
export function createFlowPublisher(deps: {
  database: Database;
  clock: Clock;
  drafts: FlowDrafts;
  check: DraftCheck;
  manifests: ManifestIndex;
  settling: Pick<FlowSettling, 'settle'>;
  cases: CaseGate;
  approvals: { isRequired(): Promise<boolean> };
}): FlowPublisher {
  const { drafts } = deps;
  const { settle } = deps.settling;
  const storedFlows = deps.database.collection(flows);
  const freeze = createVersionFreezer(deps);

  async function refuseProblems(graph: Graph, policy: PublishPolicy | undefined, by: Account): Promise<void> {
    const problems = await deps.check.problemsOf(graph, by.role);
    if (hasErrors(problems))
      throw new AppError('flow-has-problems', 'The graph has problems that keep it from being published', {
        details: { problems },
      });
    if (policy?.kind === 'move') refuseTargets(graph, policy.gone, deps.manifests);
  }

  async function rehearse(...[flowId, request, by]: Parameters<FlowPublisher['rehearse']>) {
    const flow = await drafts.get(flowId);
    if (flow.revision !== request.baseRevision) throw draftConflict(flow);
    const graph = readGraph(flow);
    await refuseProblems(graph, request.policy, by);
    const cases = await deps.cases.run(flowId, graph);
    const failed = cases.filter(({ isPassed }) => !isPassed).length;
    if (failed > 0 && !request.ignoreCases)
      throw new AppError('cases-failing', `${failed} of ${cases.length} cases fail`, {
        details: { failed, count: cases.length, results: cases },
      });
    return { flow, cases };
  }

  async function publish(...[flowId, request, by]: Parameters<FlowPublisher['publish']>) {
    const current = await drafts.get(flowId);
    if (current.revision !== request.baseRevision) throw draftConflict(current);
    if (isRunning(current) && current.publishedRevision === current.revision && current.liveVersion !== null) {
      if (current.isUnsettled) await settle(flowId);
      return { version: current.liveVersion };
    }
    const { approval } = request;
    if (!approval && (await deps.approvals.isRequired()))
      throw new AppError('approval-required', 'A second person has to approve this draft before it is published');
    if (request.ignoreCases && by.role !== 'administrator')
      throw new AppError('not-allowed', 'Only an administrator may publish although cases fail');
    const { flow, cases } = await rehearse(flowId, request, by);
    const failedCases = cases.filter(({ isPassed }) => !isPassed).map(({ name }) => name);
    const { graphText, digest } = flow;
    const version = await freeze(flow, {
      graphText,
      digest,
      note: request.note,
      name: request.name?.trim(),
      policy: request.policy,
      by: approval?.requestedBy ?? by.name,
      approval: approval && { id: approval.id, by: by.name },
      failedCases: failedCases.length > 0 ? failedCases : undefined,
    });
    // Somebody was faster. Asked again, the answer is their version (same draft) or a conflict (another one).
    if (version === undefined) return publish(flowId, request, by);
    await settle(flowId);
    return { version };
  }

  async function rollBack(...[flowId, request, by]: Parameters<FlowPublisher['rollBack']>) {
    const flow = await drafts.get(flowId);
    const older =
      request.version <= (flow.liveVersion ?? 0) &&
      (await deps.database.collection(flowVersions).findOne({ _id: versionIdOf(flowId, request.version) }));
    if (!older || flow.liveVersion === null)
      throw new AppError('not-found', `This flow has no version ${request.version}`, {
        details: { what: 'version', id: String(request.version) },
      });
    const graph = readGraph(older);
    const digest = digestOf(graph);
    if (isRunning(flow) && flow.publishedDigest === digest) {
      if (flow.isUnsettled) await settle(flowId);
      return { version: flow.liveVersion };
    }
    await refuseProblems(graph, request.policy, by);
    const version = await freeze(flow, {
      graphText: older.graphText,
      digest,
      note: request.note,
      policy: request.policy,
      by: by.name,
      rolledBackTo: request.version,
    });
    if (version === undefined) return rollBack(flowId, request, by);
    await settle(flowId);
    return { version };
  }

  /** One guarded update of the state; answers whether the flow was in one of these. */
  async function change(
    flowId: string,
    from: readonly FlowRecord['status'][],
    set: Partial<FlowRecord>,
    by: Account,
    unset: { resumption?: true } = {},
  ): Promise<boolean> {
    const { matchedCount } = await storedFlows.updateOne(
      { _id: flowId, status: { $in: [...from] } },
      {
        $set: { ...set, isUnsettled: true, updatedAt: new Date(deps.clock.now()), updatedBy: by.name },
        $inc: { change: 1 },
        ...(Object.keys(unset).length > 0 && { $unset: unset }),
      },
    );
    return matchedCount === 1;
  }

  async function refuseUnless(flowId: string, status: FlowRecord['status']): Promise<void> {
    const flow = await drafts.get(flowId);
    if (flow.status !== status)
      throw new AppError('flow-not-live', `The flow is ${flow.status}`, { details: { status: flow.status } });
  }

  const resumption = (how: ResumePolicy, by: Account) => ({ id: ulid(deps.clock.now()), how, by: by.name });

  return {
    publish,
    rehearse,
    rollBack,
    async pause(flowId, by) {
      if (!(await change(flowId, ['live'], { status: 'paused' }, by, { resumption: true })))
        await refuseUnless(flowId, 'paused');
      await settle(flowId);
    },
    async resume(flowId, how, by) {
      if (!(await change(flowId, ['paused'], { status: 'live', resumption: resumption(how, by) }, by)))
        await refuseUnless(flowId, 'live');
      await settle(flowId);
    },
    async archive(flowId, by) {
      const held = { status: 'archived' as const, resumption: resumption({ kind: 'go-on' }, by) };
      if (!(await change(flowId, ['paused'], held, by)))
        await change(flowId, ['draft', 'live'], { status: 'archived' }, by);
      // Of a flow that was archived before, too: whoever did may have died before its triggers stopped.
      await drafts.get(flowId);
      await settle(flowId);
    },
  };
}

function isRunning({ status }: FlowRecord): boolean {
  return status === 'live' || status === 'paused';
}

/** Where runs are to be put must be there, and be a node that they can enter. */
function refuseTargets(graph: Graph, gone: (PublishPolicy & { kind: 'move' })['gone'], manifests: ManifestIndex): void {
  for (const { node, fate, target } of gone) {
    if (fate !== 'move') continue;
    const found = graph.nodes.find(({ id }) => id === target);
    if (found && !manifests.get(found.kind)?.trigger) continue;
    const problem = `There is no node "${target ?? ''}" that runs which stand at "${node}" could enter`;
    throw new AppError('request-invalid', problem, { details: { problem } });
  }
}

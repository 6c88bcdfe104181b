import type { BulkOrder } from '@sluice/shared/model';
import { isSameKind } from '@sluice/shared/node-template';
import type { Filter } from 'mongodb';
import type { FlowProgram, FlowPrograms } from '../executor/flow-program.ts';
import type { RunEdit } from '../executor/executor.ts';
import type { RunRecord } from '../executor/run-record.ts';
import type { BulkChangeRecord } from './bulk-change-record.ts';
import { endRun } from './end-run.ts';
import { moveRun, type NodeFate, replacedBy } from './move-run.ts';
import { rescueRun } from './rescue-run.ts';
import { resumeRun } from './resume-run.ts';

/** Which runs of a version an order is about; each filter is served by an index of its own. */
export function filterOf({ order, startedAt }: BulkChangeRecord): Filter<RunRecord> {
  switch (order.kind) {
    case 'move':
    case 'end':
      return { positions: { $exists: true } };
    case 'resume':
      return { isParked: true };
    case 'rescue':
      return {
        status: 'failed',
        node: order.node,
        // What fails again behind a retry has failed after the order was given.
        'failure.at': { $lte: startedAt },
        ...(order.message !== undefined && { 'failure.message': order.message }),
      };
  }
}

/** What the order means for runs of one version; undefined where nothing can be done for them. */
export async function editFor(
  { flowId, order, startedAt }: BulkChangeRecord,
  version: number,
  programs: FlowPrograms,
): Promise<RunEdit | undefined> {
  switch (order.kind) {
    case 'move': {
      const [from, to] = await Promise.all([programs.get(flowId, version), programs.get(flowId, order.to)]);
      if (!from || !to) return undefined;
      const fateOf = fatesOf(from, to, order.gone);
      return (run, now) => (run.version === version ? moveRun(run, to, fateOf, now) : undefined);
    }
    case 'end':
      return (run, now) => (run.version === version ? endRun(run, replacedBy(order.to), now) : undefined);
    case 'resume':
      return (run, now) => resumeRun(run, order.how, startedAt.getTime(), now);
    case 'rescue':
      return (run, now) => (isMeant(run, order, startedAt) ? rescueRun(run, order.action, now) : undefined);
  }
}

function isMeant({ failure, node }: RunRecord, order: BulkOrder & { kind: 'rescue' }, startedAt: Date): boolean {
  if (!failure || node !== order.node || failure.at > startedAt) return false;
  return order.message === undefined || failure.message === order.message;
}

/** Whether the new version has a node as the same kind: only then its handler knows what an older visit waits for. */
export function fits(node: string, from: Pick<FlowProgram, 'node'>, to: Pick<FlowProgram, 'node'>): boolean {
  const [kind, before] = [to.node(node)?.kind, from.node(node)?.kind];
  return kind !== undefined && before !== undefined && isSameKind(kind, before);
}

function fatesOf(
  from: FlowProgram,
  to: FlowProgram,
  gone: (BulkOrder & { kind: 'move' })['gone'],
): (node: string) => NodeFate {
  const wanted = new Map(gone.map((one) => [one.node, one]));
  return (node) => {
    if (fits(node, from, to)) return { fate: 'keep' };
    const { fate = 'stay', target } = wanted.get(node) ?? {};
    if (fate !== 'move') return { fate };
    return target !== undefined && to.node(target) ? { fate, target } : { fate: 'stay' };
  };
}

import type { FlowCounts, ForecastResult } from '@sluice/shared/http-api';

/** The forecast as the canvas shows live numbers. Pure. */
export function toCounts({ nodes, runs, ended, endAt }: ForecastResult, version: number): FlowCounts {
  const waiting = nodes.reduce((sum, one) => sum + one.waiting, 0);
  const failed = nodes.reduce((sum, one) => sum + one.failed, 0);
  return {
    version,
    runs,
    waiting,
    failed,
    ended,
    nodes: Object.fromEntries(
      nodes.map(({ node, entered, waiting: here, failed: broken, ended: over, left }) => [
        node,
        { entered, waiting: here, failed: broken, ended: over, left },
      ]),
    ),
    enrolment: { status: 'done', enrolled: runs, scanned: runs },
    asOf: endAt,
  };
}

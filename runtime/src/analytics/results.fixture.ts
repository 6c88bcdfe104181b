import { handlers } from '@sluice/templates/handlers';
import { manifests } from '@sluice/templates/manifests';
import { graphOf } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import type { RunRecord } from '../executor/run-record.ts';

export const AT = Date.parse('2026-03-02T08:00:00Z');
export const DAY = 86_400_000;
export const measurement = {
  clickEvent: 'visit',
  conversionEvent: 'order',
  valueProperty: 'amount',
  currency: 'USD',
  windowMs: 14 * DAY,
};
const variants = [
  { key: 'mail', name: 'Mail', weight: 50, isHoldOut: false },
  { key: 'none', name: 'None', weight: 50, isHoldOut: true },
];
const graph = {
  ...graphOf(
    [
      ['start', 'schedule', { when: 'now', audience: { op: 'all', of: [] } }],
      ['split', 'ab-split', { variants }],
      ['end', 'exit', { reason: '' }],
    ],
    ['start:next>split', 'split:mail>end', 'split:none>end'],
  ),
  measurement,
};
/** A split into a mail and a hold-out. */
export const program = compileProgram('flow', 1, graph, { manifests, handlers });

/** A run that has gone through the split to the end. */
export function runOf(id: string, variant: string, more: Partial<RunRecord> = {}): RunRecord {
  const step = { enteredAt: AT, leftAt: AT };
  return {
    _id: id,
    flowId: 'flow',
    version: 1,
    profileId: `p-${id}`,
    entryKey: 'once',
    status: 'ended',
    node: 'end',
    enteredAt: new Date(AT),
    endedAt: new Date(AT),
    endReason: { code: 'exit:end' },
    path: [
      { node: 'start', ...step, port: 'next' },
      { node: 'split', ...step, port: variant },
      { node: 'end', enteredAt: AT, leftAt: AT },
    ],
    variants: { split: variant },
    hold: { batch: 'b', isCommitted: true, from: 0 },
    ...more,
  };
}

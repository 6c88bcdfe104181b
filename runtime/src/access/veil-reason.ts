import { columnKey } from '@sluice/shared/condition';
import type { Reason } from '@sluice/shared/model';
import type { AttributeLens } from './read-level.ts';

/** What code says of itself may hold whatever it was given. */
const SAID_BY_CODE = /^code:/;
const HIDDEN = '***';

/** A reason names what decided and the value it met; who may not see the value sees which attribute it was. Pure. */
export function veilReason<R extends Reason | null | undefined>(reason: R, lens: AttributeLens): R {
  if (!reason?.values) return reason;
  if (SAID_BY_CODE.test(reason.code)) {
    if (lens.seesAll) return reason;
    return { ...reason, values: Object.fromEntries(Object.keys(reason.values).map((name) => [name, HIDDEN])) };
  }
  const { actual: _actual, ...others } = reason.values;
  const decided = reason.code.startsWith('condition:') ? subjectOf(others) : undefined;
  if (decided === undefined || lens.readLevel(decided) === 'plain') return reason;
  // Said also where there is no value: that there is none tells of it, too.
  return { ...reason, values: { ...others, isVeiled: true } };
}

/** The name under which the lens knows the attribute, or the column of a dataset, that a condition compared. */
function subjectOf({ attribute, dataset, column }: NonNullable<Reason['values']>): string | undefined {
  if (typeof attribute === 'string') return attribute;
  return typeof dataset === 'string' && typeof column === 'string' ? columnKey(dataset, column) : undefined;
}

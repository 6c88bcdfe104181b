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
  const { attribute, actual: _actual, ...others } = reason.values;
  const isAbout = reason.code.startsWith('condition:') && typeof attribute === 'string';
  if (!isAbout || lens.readLevel(attribute) === 'plain') return reason;
  // Said also where there is no value: that there is none tells of it, too.
  return { ...reason, values: { ...others, attribute, isVeiled: true } };
}

import { type Static, Type } from 'typebox';
import type { Problem } from '../graph/graph.ts';
import { isTimeZone, TimeZoneName } from '../time/index.ts';

/** By whose clock a node goes; to be spread into its params. */
export const ZONE_PARAMS = {
  zone: Type.Union([Type.Literal('profile'), Type.Literal('fixed')]),
  timeZone: Type.Optional(TimeZoneName),
};

interface ZoneParams {
  zone: Static<typeof ZONE_PARAMS.zone>;
  timeZone?: string;
}

export const ZONE_HINTS = {
  zone: { widget: 'select' },
  timeZone: { widget: 'time-zone', showWhen: { param: 'zone', in: ['fixed'] } },
} as const;

/** Codes end in `zone-missing` and `zone-unknown`. */
export function checkZone(kind: string, { zone, timeZone }: ZoneParams): Problem[] {
  if (zone === 'profile') return [];
  if (timeZone === undefined) return [{ code: `${kind}:zone-missing`, severity: 'error', param: '/timeZone' }];
  if (isTimeZone(timeZone)) return [];
  return [{ code: `${kind}:zone-unknown`, severity: 'error', param: '/timeZone', values: { zone: timeZone } }];
}

/** The zone that such params mean at a step. */
export function zoneOf({ params, profileTimeZone }: { params: ZoneParams; profileTimeZone: string }): string {
  return params.zone === 'fixed' ? (params.timeZone ?? profileTimeZone) : profileTimeZone;
}

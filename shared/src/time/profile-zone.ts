import { isTimeZone } from './wall-clock.ts';

/** Attributes that are read as a profile's own zone, in this order. */
export const ZONE_ATTRIBUTES = ['timeZone', 'timezone', 'time_zone'] as const;

/** The IANA zone that a profile's attributes name, or the fallback where they name none that exists. */
export function zoneOfProfile(attributes: Readonly<Record<string, unknown>>, fallback: string): string {
  for (const name of ZONE_ATTRIBUTES) {
    const zone = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
    if (typeof zone === 'string' && isTimeZone(zone)) return zone;
  }
  return fallback;
}

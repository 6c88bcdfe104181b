import { DateTime, FixedOffsetZone, IANAZone, type Zone } from 'luxon';
import { ObjectId, Timestamp } from 'bson';
import { StoreError } from '../../bson/store-error.ts';
import { describeType } from './arguments.ts';

const UTC = FixedOffsetZone.utcInstance;
const zones = new Map<string, Zone>();

/** A zone by its Olson name or as an offset (+hh, +hhmm, +hh:mm); missing means UTC. */
export function zoneOf(name: unknown): Zone {
  if (name === undefined) return UTC;
  if (typeof name !== 'string') {
    throw new StoreError(40517, `timezone must evaluate to a string, found ${describeType(name)}`);
  }
  let zone = zones.get(name);
  if (!zone) {
    zone = parseZone(name);
    zones.set(name, zone);
  }
  return zone;
}

function parseZone(name: string): Zone {
  if (name === 'Z' || name === 'UTC' || name === 'GMT') return UTC;
  const offset = /^([+-])(\d\d)(?::?(\d\d))?$/.exec(name);
  if (offset) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    return FixedOffsetZone.instance(offset[1] === '-' ? -minutes : minutes);
  }
  const zone = IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;
  if (!zone?.isValid) throw new StoreError(40485, `unrecognized time zone identifier: "${name}"`);
  return zone;
}

export function isUtc(zone: Zone): boolean {
  return zone === UTC;
}

/** Zones change their offset on a quarter of an hour, since 1972 at the latest. */
const QUARTER_MS = 900_000;
const REGULAR_SINCE = Date.UTC(1972, 0, 1);
const MAX_CACHED = 20_000;
const offsets = new Map<Zone, Map<number, number>>();

/** Minutes east of UTC at an instant. Asking the zone database is slow, and grouped dates lie close together. */
export function offsetAt(instant: number, zone: Zone): number {
  if (zone.isUniversal || instant < REGULAR_SINCE) return zone.offset(instant);
  let known = offsets.get(zone);
  if (!known) offsets.set(zone, (known = new Map()));
  const quarter = Math.floor(instant / QUARTER_MS);
  let offset = known.get(quarter);
  if (offset === undefined) {
    offset = zone.offset(instant);
    if (known.size >= MAX_CACHED) known.clear();
    known.set(quarter, offset);
  }
  return offset;
}

/** The local wall clock at an instant, as a Date whose UTC fields show it. */
export function toLocal(date: Date, zone: Zone): Date {
  return isUtc(zone) ? date : new Date(date.getTime() + offsetAt(date.getTime(), zone) * 60_000);
}

const DAY_MS = 86_400_000;

/**
 * The instant at which the wall clock of `zone` shows `local`. Of a time that a clock change repeats it is the first
 * instant; a time that it skips moves forward.
 */
export function fromLocal(local: Date, zone: Zone): Date {
  if (isUtc(zone)) return local;
  const shown = local.getTime();
  const before = offsetAt(shown - DAY_MS, zone);
  const after = offsetAt(shown + DAY_MS, zone);
  const isValid = (offset: number): boolean => offsetAt(shown - offset * 60_000, zone) === offset;
  const offset = before !== after && !isValid(before) && isValid(after) ? after : before;
  return new Date(shown - offset * 60_000);
}

export function inZone(date: Date, zone: Zone): DateTime {
  return DateTime.fromJSDate(date, { zone });
}

/** A value as an instant: dates, and the types that carry one. */
export function toInstant(value: unknown): Date {
  if (value instanceof Date) return value;
  if (value instanceof ObjectId) return value.getTimestamp();
  if (value instanceof Timestamp) return new Date(value.t * 1000);
  throw new StoreError(16006, `can't convert from BSON type ${describeType(value)} to Date`);
}

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

/** The local wall clock at an instant, as a Date whose UTC fields show it. */
export function toLocal(date: Date, zone: Zone): Date {
  return isUtc(zone) ? date : new Date(date.getTime() + zone.offset(date.getTime()) * 60_000);
}

/** The instant at which the wall clock of `zone` shows `local`; a time that a clock change skips moves forward. */
export function fromLocal(local: Date, zone: Zone): Date {
  if (isUtc(zone)) return local;
  const parts = {
    year: local.getUTCFullYear(),
    month: local.getUTCMonth() + 1,
    day: local.getUTCDate(),
    hour: local.getUTCHours(),
    minute: local.getUTCMinutes(),
    second: local.getUTCSeconds(),
    millisecond: local.getUTCMilliseconds(),
  };
  return DateTime.fromObject(parts, { zone }).toJSDate();
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

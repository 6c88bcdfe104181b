import { randomBytes } from 'node:crypto';
import type { QualityRow } from '@sluice/shared/http-api';
import { type Clock, DAY_MS } from '@sluice/shared/time';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { qualityDays, type QualityDayRecord } from './quality-day.ts';
import { dayOf } from './quality-tally.ts';

/** How fresh, complete, conforming and steady the data is, by attribute and event. */
export interface QualityReport {
  /** At most half a minute old. */
  read(): Promise<QualityRow[]>;
}

/** Profiles looked at for completeness: the share of all is then within two percent points. */
const SAMPLE = 2000;
const FRESH_MS = 30_000;
const DAYS = 28;

/** Costs the days of a month of each name, and one sample of profiles; nothing grows with the number of profiles or events. */
export function createQualityReport(deps: { database: Database; clock: Clock }): QualityReport {
  let held: { readAt: number; rows: Promise<QualityRow[]> } | undefined;

  async function read(): Promise<QualityRow[]> {
    const now = deps.clock.now();
    const [days, share] = await Promise.all([
      deps.database
        .collection(qualityDays)
        .find({ day: { $gte: dayOf(now - DAYS * DAY_MS) } })
        .sort({ day: 1 })
        .toArray(),
      sampleCompleteness(deps.database),
    ]);
    const byName = new Map<string, QualityDayRecord[]>();
    for (const day of days) {
      const key = `${day.kind}/${day.name}`;
      byName.set(key, [...(byName.get(key) ?? []), day]);
    }
    return [...byName.values()]
      .map((own) => toRow(own, now, share))
      .toSorted((one, other) => one.kind.localeCompare(other.kind) || one.name.localeCompare(other.name));
  }

  return {
    read() {
      const now = deps.clock.now();
      if (!held || Math.abs(now - held.readAt) >= FRESH_MS) {
        const rows = read();
        const fresh = { readAt: now, rows };
        held = fresh;
        rows.catch(() => {
          // The next one who asks reads again.
          if (held === fresh) held = undefined;
        });
      }
      return held.rows;
    },
  };
}

/** Pure. */
export function toRow(
  days: readonly QualityDayRecord[],
  now: number,
  completenessOf: (attribute: string) => number | undefined,
): QualityRow {
  const [{ kind, name } = { kind: 'event' as const, name: '' }] = days;
  const today = days.find(({ day }) => day === dayOf(now));
  // Of the day that has not ended only as much can be expected as has passed of it.
  const passed = (now % DAY_MS) / DAY_MS;
  const expected = (count: number) => {
    const from = dayOf(now - count * DAY_MS);
    const past = days.filter(({ day }) => day >= from && day < dayOf(now));
    // Days before the first one known are no days without data.
    const since = Math.min(count, Math.round((Date.parse(dayOf(now)) - Date.parse(days[0]?.day ?? '')) / DAY_MS));
    return since > 0 ? (passed * sum(past, 'count')) / since : undefined;
  };
  const swing = (count: number) => {
    const usual = expected(count);
    return usual ? (today?.count ?? 0) / usual - 1 : null;
  };
  const week = days.filter(({ day }) => day > dayOf(now - 7 * DAY_MS));
  const breaches: Record<string, number> = {};
  for (const { breaches: found = {} } of week)
    for (const [code, count] of Object.entries(found)) breaches[code] = (breaches[code] ?? 0) + count;
  const broken = Object.values(breaches).reduce((total, count) => total + count, 0);
  // What was not written was looked at too.
  const looked = sum(week, 'count') + sum(week, 'setAside') + (breaches['derived'] ?? 0);
  return {
    kind,
    name,
    lastAt: new Date(Math.max(...days.map(({ lastAt }) => lastAt.getTime()))).toISOString(),
    today: today?.count ?? 0,
    swing7: swing(7),
    swing28: swing(28),
    conformity: kind === 'attribute' && looked > 0 ? Math.max(0, 1 - broken / looked) : null,
    breaches,
    completeness: kind === 'attribute' ? (completenessOf(name) ?? 0) : null,
    lagMs: kind === 'event' && today ? Math.round((today.lagMs ?? 0) / Math.max(1, today.count)) : null,
    mostLagMs: kind === 'event' && today ? (today.mostLagMs ?? 0) : null,
  };
}

function sum(days: readonly QualityDayRecord[], field: 'count' | 'setAside'): number {
  return days.reduce((total, day) => total + (day[field] ?? 0), 0);
}

/** Ids of profiles are digests: those behind a random one are a random sample, read from the index of ids. */
async function sampleCompleteness(database: Database): Promise<(attribute: string) => number | undefined> {
  const start = randomBytes(15).toString('base64url');
  const read = (filter: object, limit: number) =>
    database
      .collection(profiles)
      .find(filter)
      .project<{ attributes: Record<string, unknown> }>({ attributes: 1, _id: 0 })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray();
  const behind = await read({ _id: { $gte: start } }, SAMPLE);
  const rest = behind.length < SAMPLE ? await read({ _id: { $lt: start } }, SAMPLE - behind.length) : [];
  const sample = [...behind, ...rest];
  const counts = new Map<string, number>();
  for (const { attributes } of sample)
    for (const [name, value] of Object.entries(attributes))
      if (value !== null && value !== '') counts.set(name, (counts.get(name) ?? 0) + 1);
  return (attribute) => (sample.length > 0 ? (counts.get(attribute) ?? 0) / sample.length : undefined);
}

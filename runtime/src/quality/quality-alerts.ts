import { AppError } from '@sluice/shared/errors';
import {
  type Account,
  type QualityAlert,
  type QualityMeasure,
  type QualityRow,
  QueueName,
} from '@sluice/shared/http-api';
import { type Clock, DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import type { Logger } from 'pino';
import { Value } from 'typebox/value';
import { ulid } from 'ulid';
import { type Database, declareCollection } from '../stores/database.ts';
import type { QueueBacklog } from './queue-backlog.ts';
import type { QualityReport } from './quality-report.ts';

type Wanted = Pick<QualityAlert, 'kind' | 'name' | 'measure' | 'bound' | 'email' | 'webhook'>;

export interface QualityAlertRecord extends Wanted {
  _id: string;
  createdBy: string;
  createdAt: Date;
  isFiring: boolean;
  /** The value at the last look; null while there is none. */
  value: number | null;
  since?: Date;
  /** What people were told last, and when. */
  told?: 'firing' | 'over';
  toldAt?: Date;
  /** Decided to be told and not known to have been: said again after a crash. */
  pending?: 'firing' | 'over';
  /** The ways by which what is pending has arrived: those are not told again. */
  reached?: AlertWay[];
}

export type AlertWay = 'email' | 'webhook';
const WAYS: readonly AlertWay[] = ['email', 'webhook'];

export const qualityAlerts = declareCollection<QualityAlertRecord>('qualityAlerts');

/** Carries what is to be told to people; throws when it did not arrive. */
export interface AlertMessenger {
  tell(alert: QualityAlertRecord, what: 'firing' | 'over', way: AlertWay): Promise<void>;
}

/** Lines that the data must not cross, and who is told when it does. */
export interface QualityAlerts {
  list(): Promise<QualityAlert[]>;
  create(wanted: Wanted, by: Account): Promise<QualityAlert>;
  /** Throws `not-found`. */
  remove(id: string): Promise<void>;
  /** Looks at every alert once. */
  look(): Promise<void>;
}

/** However often a value crosses its line, people hear of it at most this often. */
const QUIET_MS = HOUR_MS;
/** And of what stays so once a day. */
const REMIND_MS = DAY_MS;

export function createQualityAlerts(deps: {
  database: Database;
  clock: Clock;
  log: Logger;
  report: QualityReport;
  queues: QueueBacklog;
  messenger: AlertMessenger;
}): QualityAlerts {
  const stored = deps.database.collection(qualityAlerts);

  /** The state and what is to be told are one update; telling comes after it. */
  async function judge(alert: QualityAlertRecord, value: number | null): Promise<void> {
    const now = new Date(deps.clock.now());
    const isFiring = value !== null && isCrossed(alert, value);
    const pending = alert.pending ?? decide(alert, isFiring, now.getTime());
    const judged: QualityAlertRecord = {
      ...alert,
      isFiring,
      value,
      ...(isFiring && { since: (alert.isFiring && alert.since) || now }),
      ...(pending && { pending }),
    };
    await stored.updateOne(
      { _id: alert._id },
      {
        $set: { isFiring, value, ...(isFiring && { since: judged.since }), ...(pending && { pending }) },
        ...(!isFiring && { $unset: { since: true } }),
      },
    );
    if (!pending) return;
    const open = WAYS.filter((way) => alert[way] !== undefined && !alert.reached?.includes(way));
    const arrived: AlertWay[] = [];
    for (const way of open) if (await tell(judged, pending, way)) arrived.push(way);
    await stored.updateOne(
      { _id: alert._id },
      arrived.length === open.length
        ? { $set: { told: pending, toldAt: now }, $unset: { pending: true, reached: true } }
        : { $addToSet: { reached: { $each: arrived } } },
    );
  }

  /** What did not arrive stays pending; the next look tells it. */
  async function tell(alert: QualityAlertRecord, what: 'firing' | 'over', way: AlertWay): Promise<boolean> {
    try {
      await deps.messenger.tell(alert, what, way);
      return true;
    } catch (error) {
      deps.log.warn({ err: error, alert: alert._id, way }, 'an alert on data quality could not be delivered');
      return false;
    }
  }

  return {
    list: async () => (await stored.find().sort({ _id: 1 }).toArray()).map(toReply),
    async create(wanted, by) {
      const isQueue = wanted.kind === 'queue';
      if (isQueue !== (wanted.measure === 'wait-minutes') || (isQueue && !Value.Check(QueueName, wanted.name)))
        throw new AppError('request-invalid', 'Queues are watched by wait-minutes, and only they are', {
          details: { problem: 'measure' },
        });
      const now = deps.clock.now();
      const record: QualityAlertRecord = {
        _id: ulid(now),
        ...wanted,
        createdBy: by.name,
        createdAt: new Date(now),
        isFiring: false,
        value: null,
      };
      await stored.insertOne(record);
      return toReply(record);
    },
    async remove(id) {
      const { deletedCount } = await stored.deleteOne({ _id: id });
      if (deletedCount === 0) throw new AppError('not-found', 'There is no such alert', { details: { what: 'alert' } });
    },
    async look() {
      const alerts = await stored.find().sort({ _id: 1 }).toArray();
      if (alerts.length === 0) return;
      const rows = new Map((await deps.report.read()).map((row) => [`${row.kind}/${row.name}`, row]));
      const waits = new Map((await deps.queues.read()).map(({ name, waitMs }) => [name as string, waitMs / MINUTE_MS]));
      for (const alert of alerts) {
        const row = rows.get(`${alert.kind}/${alert.name}`);
        const value = row ? valueOf(row, alert.measure, deps.clock.now()) : null;
        await judge(alert, alert.kind === 'queue' ? (waits.get(alert.name) ?? null) : value);
      }
    },
  };
}

/** What is worth telling; pure. Of an end people hear only if they heard of the beginning. */
export function decide(
  { told, toldAt }: Pick<QualityAlertRecord, 'told' | 'toldAt'>,
  isFiring: boolean,
  now: number,
): 'firing' | 'over' | undefined {
  const sinceTold = toldAt ? now - toldAt.getTime() : Number.POSITIVE_INFINITY;
  if (!isFiring) return told === 'firing' ? 'over' : undefined;
  return sinceTold >= (told === 'firing' ? REMIND_MS : QUIET_MS) ? 'firing' : undefined;
}

/** In the unit of the bound: hours, percent, minutes. */
function valueOf(row: QualityRow, measure: QualityMeasure, now: number): number | null {
  const percent = (share: number | null) => (share === null ? null : share * 100);
  switch (measure) {
    case 'stale-hours':
      return (now - Date.parse(row.lastAt)) / HOUR_MS;
    case 'completeness':
      return percent(row.completeness);
    case 'conformity':
      return percent(row.conformity);
    case 'swing':
      return percent(row.swing7);
    case 'wait-minutes':
      return null;
    case 'lag-minutes':
      return row.lagMs === null ? null : row.lagMs / MINUTE_MS;
  }
}

/** Shares must not fall below their line; everything else not rise above it, a swing neither way. */
function isCrossed({ measure, bound }: Pick<QualityAlertRecord, 'measure' | 'bound'>, value: number): boolean {
  if (measure === 'completeness' || measure === 'conformity') return value < bound;
  return Math.abs(value) > bound;
}

function toReply(record: QualityAlertRecord): QualityAlert {
  const { _id: id, kind, name, measure, bound, email, webhook, isFiring, value, since, createdBy } = record;
  return {
    id,
    kind,
    name,
    measure,
    bound,
    ...(email !== undefined && { email }),
    ...(webhook !== undefined && { webhook }),
    isFiring,
    value,
    since: since?.toISOString() ?? null,
    createdBy,
  };
}

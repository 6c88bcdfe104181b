import { type Document, Long } from 'bson';

/** Golden cases of the date expressions over one document, after MongoDB's manual; a number `code` is an error's. */
export const dateDocument: Document = {
  at: new Date('2026-03-29T00:59:59.123Z'),
  noon: new Date('2026-01-01T12:00:00Z'),
  leap: new Date('2024-02-29T00:00:00Z'),
};

const date = (text: string): Date => new Date(text);
const long = (value: number): Long => Long.fromNumber(value);

export const dateCases: readonly (readonly [expression: Document, result: unknown])[] = [
  [{ $year: '$at' }, 2026],
  [{ $month: '$at' }, 3],
  [{ $dayOfMonth: '$at' }, 29],
  [{ $hour: '$at' }, 0],
  [{ $hour: { date: '$at', timezone: 'Asia/Shanghai' } }, 8],
  [{ $hour: { date: '$at', timezone: '-0530' } }, 19],
  [{ $hour: { date: '$noon', timezone: 'America/New_York' } }, 7],
  [{ $minute: '$at' }, 59],
  [{ $second: '$at' }, 59],
  [{ $millisecond: '$at' }, 123],
  [{ $dayOfYear: '$leap' }, 60],
  [{ $dayOfWeek: '$at' }, 1],
  [{ $week: '$noon' }, 0],
  [{ $isoWeek: '$noon' }, 1],
  [{ $isoWeek: date('2021-01-01T00:00:00Z') }, 53],
  [{ $isoWeekYear: date('2021-01-01T00:00:00Z') }, long(2020)],
  [{ $isoDayOfWeek: '$at' }, 7],
  [{ $year: '$missing' }, null],
  [{ $year: date('0099-06-01T00:00:00Z') }, 99],
  [{ $dateToString: { date: '$at' } }, '2026-03-29T00:59:59.123Z'],
  [{ $dateToString: { date: '$at', format: '%Y-%m-%d' } }, '2026-03-29'],
  [
    { $dateToString: { date: '$at', format: '%Y/%m/%d %H:%M:%S.%L', timezone: 'Asia/Shanghai' } },
    '2026/03/29 08:59:59.123',
  ],
  [{ $dateToString: { date: '$at', format: '%j %U %V %G %u %w %%' } }, '088 13 13 2026 7 1 %'],
  [{ $dateToString: { date: '$noon', format: '%z %Z', timezone: 'America/New_York' } }, '-0500 -300'],
  [{ $dateToString: { date: '$noon', format: '%b %B' } }, 'Jan January'],
  [{ $dateToString: { date: '$missing', onNull: 'none' } }, 'none'],
  [{ $dateToString: { date: '$missing' } }, null],
  [{ $dateFromString: { dateString: '2026-02-08T12:10:40.787Z' } }, date('2026-02-08T12:10:40.787Z')],
  [{ $dateFromString: { dateString: '2026-02-08' } }, date('2026-02-08T00:00:00Z')],
  [
    { $dateFromString: { dateString: '2026-02-08T12:10:40', timezone: 'America/New_York' } },
    date('2026-02-08T17:10:40Z'),
  ],
  [{ $dateFromString: { dateString: '2026-02-08T12:10:40+0500' } }, date('2026-02-08T07:10:40Z')],
  [{ $dateFromString: { dateString: '06-15-2018', format: '%m-%d-%Y' } }, date('2018-06-15T00:00:00Z')],
  [{ $dateFromString: { dateString: 'x', onError: 'bad' } }, 'bad'],
  [{ $dateFromString: { dateString: null, onNull: 0 } }, 0],
  [
    { $dateToParts: { date: '$noon' } },
    { year: 2026, month: 1, day: 1, hour: 12, minute: 0, second: 0, millisecond: 0 },
  ],
  [{ $dateFromParts: { year: 2026, month: 2, day: 8, hour: 12 } }, date('2026-02-08T12:00:00Z')],
  [{ $dateFromParts: { year: 2026, month: 14 } }, date('2027-02-01T00:00:00Z')],
  [{ $dateFromParts: { isoWeekYear: 2026, isoWeek: 6, isoDayOfWeek: 7 } }, date('2026-02-08T00:00:00Z')],
  [{ $dateFromParts: { year: 2026, timezone: 'Asia/Shanghai' } }, date('2025-12-31T16:00:00Z')],
  [{ $dateAdd: { startDate: '$noon', unit: 'day', amount: 3 } }, date('2026-01-04T12:00:00Z')],
  [{ $dateAdd: { startDate: date('2026-01-31T00:00:00Z'), unit: 'month', amount: 1 } }, date('2026-02-28T00:00:00Z')],
  [{ $dateAdd: { startDate: '$leap', unit: 'year', amount: 1 } }, date('2025-02-28T00:00:00Z')],
  [{ $dateAdd: { startDate: '$noon', unit: 'quarter', amount: 1 } }, date('2026-04-01T12:00:00Z')],
  [{ $dateAdd: { startDate: '$noon', unit: 'week', amount: -1 } }, date('2025-12-25T12:00:00Z')],
  // A day across the change to summer time has 23 hours.
  [
    { $dateAdd: { startDate: date('2026-03-28T12:00:00Z'), unit: 'day', amount: 1, timezone: 'Europe/Paris' } },
    date('2026-03-29T11:00:00Z'),
  ],
  [
    { $dateAdd: { startDate: date('2026-03-28T12:00:00Z'), unit: 'hour', amount: 24, timezone: 'Europe/Paris' } },
    date('2026-03-29T12:00:00Z'),
  ],
  [{ $dateSubtract: { startDate: '$noon', unit: 'hour', amount: 13 } }, date('2025-12-31T23:00:00Z')],
  [{ $dateAdd: { startDate: '$missing', unit: 'hour', amount: 1 } }, null],
  [{ $dateTrunc: { date: '$at', unit: 'hour' } }, date('2026-03-29T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'day', timezone: 'Asia/Shanghai' } }, date('2026-03-28T16:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'month' } }, date('2026-03-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'quarter' } }, date('2026-01-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'year' } }, date('2026-01-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week', startOfWeek: 'monday' } }, date('2026-03-23T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'week' } }, date('2026-03-29T00:00:00Z')],
  [{ $dateTrunc: { date: '$at', unit: 'minute', binSize: 15 } }, date('2026-03-29T00:45:00Z')],
  [{ $dateTrunc: { date: date('2021-03-20T11:30:05Z'), unit: 'month', binSize: 2 } }, date('2021-03-01T00:00:00Z')],
  [{ $dateTrunc: { date: '$missing', unit: 'day' } }, null],
  [{ $dateDiff: { startDate: '$noon', endDate: '$at', unit: 'day' } }, long(87)],
  [{ $dateDiff: { startDate: '$at', endDate: '$noon', unit: 'month' } }, long(-2)],
  [{ $dateDiff: { startDate: '$noon', endDate: '$at', unit: 'year' } }, long(0)],
  [
    { $dateDiff: { startDate: date('2026-01-03T00:00:00Z'), endDate: date('2026-01-04T00:00:00Z'), unit: 'week' } },
    long(1),
  ],
  [
    {
      $dateDiff: {
        startDate: date('2026-01-03T00:00:00Z'),
        endDate: date('2026-01-04T00:00:00Z'),
        unit: 'week',
        startOfWeek: 'mon',
      },
    },
    long(0),
  ],
  [
    { $dateDiff: { startDate: date('2026-01-01T00:59:00Z'), endDate: date('2026-01-01T01:01:00Z'), unit: 'hour' } },
    long(1),
  ],
  [{ $dateDiff: { startDate: '$noon', endDate: '$at', unit: 'day', timezone: 'Asia/Shanghai' } }, long(87)],
];

export const badDates: readonly (readonly [expression: Document, code: number])[] = [
  [{ $year: 'x' }, 16006],
  [{ $year: { date: '$at', timezone: 'Nowhere/Else' } }, 40485],
  [{ $year: { date: '$at', timezone: 5 } }, 40517],
  [{ $dateToString: { format: '%Y' } }, 9],
  [{ $dateToString: { date: '$at', format: '%q' } }, 18536],
  [{ $dateToString: { date: '$at', form: 'x' } }, 9],
  [{ $dateFromString: { dateString: 'next friday' } }, 241],
  [{ $dateFromString: { dateString: '2026-02-30' } }, 241],
  [{ $dateAdd: { startDate: '$at', unit: 'eon', amount: 1 } }, 9],
  [{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1.5 } }, 5166405],
  [{ $dateTrunc: { date: '$at', unit: 'day', binSize: 0 } }, 5439018],
];

import { Long } from 'bson';
import { toSafeInteger } from '../../bson/number.ts';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, isDocument, isNullish } from '../../bson/value.ts';
import { describeType, named, readNamed } from './arguments.ts';
import type { Evaluate, OperatorCompiler, OperatorTable } from './context.ts';
import { assertFormat, type DateParts, formatDate, partsOf } from './date-format.ts';
import { parseDate, parseDateAs } from './date-parse.ts';
import { addUnits, differenceInUnits, truncateDate, unitOf, weekdayOf } from './date-units.ts';
import { fromLocal, isUtc, toInstant, zoneOf } from './date-zone.ts';

// `{$year: '$at'}`, `{$year: ['$at']}` and `{$year: {date, timezone}}` mean the same.
function partOperator(read: (parts: DateParts) => number, isLong = false): OperatorCompiler {
  return (argument, context, name) => {
    const isNamed = isDocument(argument) && ![...entriesOf(argument)][0]?.[0].startsWith('$');
    if (Array.isArray(argument) && argument.length !== 1) {
      throw new StoreError(
        40536,
        `${name} accepts exactly one argument if given an array, but was given ${argument.length}`,
      );
    }
    const single: unknown = Array.isArray(argument) ? argument[0] : argument;
    const given = isNamed ? readNamed(name, argument, ['date'], ['timezone']) : new Map([['date', single]]);
    const date = context.compile(given.get('date'));
    const zone: Evaluate = given.has('timezone') ? context.compile(given.get('timezone')) : () => undefined;
    return (scope) => {
      const value = date(scope);
      if (isNullish(value)) return null;
      const zoneName = zone(scope);
      if (given.has('timezone') && isNullish(zoneName)) return null;
      const part = read(partsOf(toInstant(value), zoneOf(zoneName)));
      return isLong ? Long.fromNumber(part) : part;
    };
  };
}

type Given = Readonly<Record<string, unknown>>;

/** Whether an argument was written, but evaluates to null: then the answer is null, not a default. */
function isNullGiven(values: Given, names: readonly string[]): boolean {
  return names.some((name) => name in values && isNullish(values[name]));
}

const dateToString: OperatorCompiler = (argument, context, name) => {
  const given = readNamed(name, argument, ['date'], ['format', 'timezone', 'onNull']);
  const literal = given.get('format');
  if (typeof literal === 'string' && !literal.startsWith('$')) assertFormat(literal);
  return named<string>(['date'], ['format', 'timezone', 'onNull'], (values) => {
    if (isNullish(values['date'])) return 'onNull' in values ? values['onNull'] : null;
    if (isNullGiven(values, ['format', 'timezone'])) return null;
    const zone = zoneOf(values['timezone']);
    const format = values['format'] ?? (isUtc(zone) ? '%Y-%m-%dT%H:%M:%S.%LZ' : '%Y-%m-%dT%H:%M:%S.%L');
    if (typeof format !== 'string')
      throw new StoreError(18533, `$dateToString requires that 'format' be a string, found: ${describeType(format)}`);
    assertFormat(format);
    return formatDate(toInstant(values['date']), format, zone);
  })(argument, context, name);
};

const dateFromString: OperatorCompiler = (argument, context, name) => {
  const given = readNamed(name, argument, ['dateString'], ['format', 'timezone', 'onError', 'onNull']);
  const [text, format, zoneName] = ['dateString', 'format', 'timezone'].map(
    (key): Evaluate => (given.has(key) ? context.compile(given.get(key)) : () => undefined),
  );
  const onNull: Evaluate = given.has('onNull') ? context.compile(given.get('onNull')) : () => null;
  const onError = given.has('onError') ? context.compile(given.get('onError')) : undefined;
  return (scope) => {
    const value = text!(scope);
    const zone = zoneName!(scope);
    const pattern = format!(scope);
    if (isNullish(value)) return onNull(scope);
    if ((given.has('timezone') && isNullish(zone)) || (given.has('format') && isNullish(pattern))) return null;
    try {
      if (typeof value !== 'string') {
        throw new StoreError(
          241,
          `$dateFromString requires that 'dateString' be a string, found: ${describeType(value)}`,
        );
      }
      const where = zone === undefined ? undefined : zoneOf(zone);
      return pattern === undefined ? parseDate(value, where) : parseDateAs(value, String(pattern), where);
    } catch (error) {
      if (onError && error instanceof StoreError && error.code === 241) return onError(scope);
      throw error;
    }
  };
};

function shift(direction: 1 | -1): OperatorCompiler {
  return named<string>(['startDate', 'unit', 'amount'], ['timezone'], (values, name) => {
    if (isNullGiven(values, ['startDate', 'unit', 'amount', 'timezone'])) return null;
    const amount = toSafeInteger(values['amount']);
    if (amount === undefined) throw new StoreError(5166405, `${name} expects integer amount of time units`);
    const unit = unitOf(values['unit'], name);
    return addUnits(toInstant(values['startDate']), unit, direction * amount, zoneOf(values['timezone']));
  });
}

const dateTrunc = named<string>(['date', 'unit'], ['binSize', 'timezone', 'startOfWeek'], (values, name) => {
  const ignoresWeek = values['unit'] !== 'week';
  const names = ['date', 'unit', 'binSize', 'timezone', ...(ignoresWeek ? [] : ['startOfWeek'])];
  if (isNullGiven(values, names)) return null;
  const unit = unitOf(values['unit'], name);
  const size = 'binSize' in values ? toSafeInteger(values['binSize']) : 1;
  if (size === undefined) throw new StoreError(5439017, `${name} requires 'binSize' to be a 64-bit integer`);
  if (size <= 0)
    throw new StoreError(5439018, `${name} requires 'binSize' to be greater than 0, but got value ${size}`);
  const weekday = ignoresWeek ? 0 : weekdayOf(values['startOfWeek'], name);
  return truncateDate(toInstant(values['date']), unit, size, zoneOf(values['timezone']), weekday);
});

const dateDiff = named<string>(['startDate', 'endDate', 'unit'], ['timezone', 'startOfWeek'], (values, name) => {
  const ignoresWeek = values['unit'] !== 'week';
  const names = ['startDate', 'endDate', 'unit', 'timezone', ...(ignoresWeek ? [] : ['startOfWeek'])];
  if (isNullGiven(values, names)) return null;
  const unit = unitOf(values['unit'], name);
  const weekday = ignoresWeek ? 0 : weekdayOf(values['startOfWeek'], name);
  const [start, end] = [toInstant(values['startDate']), toInstant(values['endDate'])];
  return differenceInUnits(start, end, unit, zoneOf(values['timezone']), weekday);
});

const dateToParts = named<string>(['date'], ['timezone', 'iso8601'], (values) => {
  if (isNullGiven(values, ['date', 'timezone', 'iso8601'])) return null;
  if (isNullish(values['date'])) return null;
  const p = partsOf(toInstant(values['date']), zoneOf(values['timezone']));
  const day: [string, number][] = values['iso8601']
    ? [
        ['isoWeekYear', p.isoYear],
        ['isoWeek', p.isoWeek],
        ['isoDayOfWeek', p.isoDayOfWeek],
      ]
    : [
        ['year', p.year],
        ['month', p.month],
        ['day', p.day],
      ];
  return new Map([
    ...day,
    ['hour', p.hour],
    ['minute', p.minute],
    ['second', p.second],
    ['millisecond', p.millisecond],
  ]);
});

const PART_NAMES = [
  'year',
  'month',
  'day',
  'isoWeekYear',
  'isoWeek',
  'isoDayOfWeek',
  'hour',
  'minute',
  'second',
  'millisecond',
];

const dateFromParts = named<string>([], [...PART_NAMES, 'timezone'], (values, name) => {
  const isIso = 'isoWeekYear' in values;
  if (!isIso && !('year' in values))
    throw new StoreError(40516, `${name} requires either 'year' or 'isoWeekYear' to be present`);
  if (isNullGiven(values, [...PART_NAMES, 'timezone'])) return null;
  const part = (key: string, fallback: number): number => {
    if (!(key in values)) return fallback;
    const number = toSafeInteger(values[key]);
    if (number === undefined)
      throw new StoreError(40515, `'${key}' must evaluate to an integer, found ${describeType(values[key])}`);
    return number;
  };
  const local = new Date(0);
  local.setUTCHours(part('hour', 0), part('minute', 0), part('second', 0), part('millisecond', 0));
  const time = local.getTime();
  const day = new Date(0);
  if (isIso) {
    // The week that holds 4 January is the first one of an ISO year.
    day.setUTCFullYear(part('isoWeekYear', 1970), 0, 4);
    const weekday = day.getUTCDay() === 0 ? 7 : day.getUTCDay();
    day.setUTCDate(day.getUTCDate() - weekday + 1 + (part('isoWeek', 1) - 1) * 7 + part('isoDayOfWeek', 1) - 1);
  } else {
    day.setUTCFullYear(part('year', 1970), part('month', 1) - 1, part('day', 1));
  }
  return fromLocal(new Date(day.getTime() + time), zoneOf(values['timezone']));
});

/** Dates in or out; all take the name of a time zone or an offset. */
export const dateOperators: OperatorTable = {
  $year: partOperator((p) => p.year),
  $month: partOperator((p) => p.month),
  $dayOfMonth: partOperator((p) => p.day),
  $hour: partOperator((p) => p.hour),
  $minute: partOperator((p) => p.minute),
  $second: partOperator((p) => p.second),
  $millisecond: partOperator((p) => p.millisecond),
  $dayOfYear: partOperator((p) => p.dayOfYear),
  $dayOfWeek: partOperator((p) => p.dayOfWeek),
  $week: partOperator((p) => p.week),
  $isoWeek: partOperator((p) => p.isoWeek),
  $isoWeekYear: partOperator((p) => p.isoYear, true),
  $isoDayOfWeek: partOperator((p) => p.isoDayOfWeek),
  $dateToString: dateToString,
  $dateFromString: dateFromString,
  $dateToParts: dateToParts,
  $dateFromParts: dateFromParts,
  $dateAdd: shift(1),
  $dateSubtract: shift(-1),
  $dateTrunc: dateTrunc,
  $dateDiff: dateDiff,
};

import { BSONRegExp } from 'bson';
import { regexParts } from '../../bson/encode.ts';
import { compareStrings } from '../../bson/compare.ts';
import { StoreError } from '../../bson/store-error.ts';
import { isNullish } from '../../bson/value.ts';
import { compileRegex } from '../../match/regex.ts';
import { binary, describeType, named, toPosition, unary, variadic } from './arguments.ts';
import type { OperatorCompiler, OperatorTable } from './context.ts';
import { stringify } from './stringify.ts';

function countPoints(text: string): number {
  return Array.from(text).length;
}

const concat = variadic((values, name) => {
  let result = '';
  for (const value of values) {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new StoreError(16702, `${name} only supports strings, not ${describeType(value)}`);
    result += value;
  }
  return result;
});

// MongoDB maps ASCII letters alone.
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());

const WHITESPACE = '\0\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(start: boolean, end: boolean): OperatorCompiler {
  return named<'input' | 'chars'>(['input'], ['chars'], (values, name) => {
    const { input, chars } = values;
    if (isNullish(input) || ('chars' in values && isNullish(chars))) return null;
    if (typeof input !== 'string')
      throw new StoreError(50699, `${name} requires its input to be a string, got ${describeType(input)}`);
    if (chars !== undefined && typeof chars !== 'string') {
      throw new StoreError(50700, `${name} requires 'chars' to be a string, got ${describeType(chars)}`);
    }
    const set = new Set(chars ?? WHITESPACE);
    const points = [...input];
    const first = start ? points.findIndex((point) => !set.has(point)) : 0;
    const last = end ? points.findLastIndex((point) => !set.has(point)) : points.length - 1;
    return first < 0 ? '' : points.slice(first, last + 1).join('');
  });
}

const split = binary((text, separator, name) => {
  if (isNullish(text) || isNullish(separator)) return null;
  if (typeof text !== 'string')
    throw new StoreError(
      40085,
      `${name} requires an expression that evaluates to a string as a first argument, found: ${describeType(text)}`,
    );
  if (typeof separator !== 'string')
    throw new StoreError(
      40086,
      `${name} requires an expression that evaluates to a string as a second argument, found: ${describeType(separator)}`,
    );
  if (separator === '') throw new StoreError(40087, `${name} requires a non-empty separator`);
  return text.split(separator);
});

const substrCP = variadic(
  ([value, start, length], name) => {
    const text = stringify(value, name);
    const from = toPosition(start, 34450, `${name}: starting index`);
    const count = toPosition(length, 34452, `${name}: length`);
    if (from < 0) throw new StoreError(34455, `${name}: the starting index must be nonnegative integer.`);
    if (count < 0) throw new StoreError(34454, `${name}: length must be a nonnegative integer.`);
    return [...text].slice(from, from + count).join('');
  },
  3,
  3,
);

const indexOfCP = variadic(
  (values, name) => {
    const [text, wanted] = values;
    if (isNullish(text)) return null;
    if (typeof text !== 'string')
      throw new StoreError(40093, `${name} requires a string as the first argument, found: ${describeType(text)}`);
    if (typeof wanted !== 'string')
      throw new StoreError(40094, `${name} requires a string as the second argument, found: ${describeType(wanted)}`);
    const points = [...text];
    const [start, end] = [values[2] ?? 0, values[3] ?? points.length].map((bound) => {
      const position = toPosition(bound, 40096, `${name} requires an integral index, which`);
      if (position < 0) throw new StoreError(40097, `${name} requires a nonnegative index, found: ${position}`);
      return position;
    });
    if (start! > points.length || end! < start!) return -1;
    const haystack = points.slice(start, end).join('');
    const found = haystack.indexOf(wanted);
    return found < 0 ? -1 : start! + countPoints(haystack.slice(0, found));
  },
  2,
  4,
);

function replace(all: boolean): OperatorCompiler {
  return named<'input' | 'find' | 'replacement'>(
    ['input', 'find', 'replacement'],
    [],
    ({ input, find, replacement }, name) => {
      if (isNullish(input) || isNullish(find) || isNullish(replacement)) return null;
      for (const [i, [role, value]] of Object.entries({ input, find, replacement }).entries()) {
        if (typeof value !== 'string')
          throw new StoreError(51746 - i, `${name} requires that '${role}' be a string, found: ${describeType(value)}`);
      }
      const text = input as string;
      const substitute = (): string => replacement as string;
      return all ? text.replaceAll(find as string, substitute) : text.replace(find as string, substitute);
    },
  );
}

interface RegexArguments {
  input: unknown;
  regex: unknown;
  options?: unknown;
}

function readRegex({ input, regex, options }: RegexArguments, name: string): { text: string; regex: RegExp } | null {
  const isRegex = regex instanceof RegExp || regex instanceof BSONRegExp;
  if (!isNullish(input) && typeof input !== 'string')
    throw new StoreError(51104, `${name} needs 'input' to be of type string`);
  if (!isNullish(regex) && typeof regex !== 'string' && !isRegex)
    throw new StoreError(51105, `${name} needs 'regex' to be of type string or regex`);
  if (!isNullish(options) && typeof options !== 'string')
    throw new StoreError(51106, `${name} needs 'options' to be of type string`);
  if (isNullish(input) || isNullish(regex)) return null;
  const own = isRegex ? regexParts(regex) : { pattern: regex as string, flags: '' };
  if (own.flags !== '' && options)
    throw new StoreError(51107, `${name}: regex option(s) specified in both 'regex' and 'option' fields`);
  return { text: input as string, regex: compileRegex(own.pattern, (options as string) || own.flags) };
}

function describeMatch(text: string, match: RegExpExecArray): Map<string, unknown> {
  return new Map<string, unknown>([
    ['match', match[0]],
    ['idx', countPoints(text.slice(0, match.index))],
    ['captures', match.slice(1).map((capture) => capture ?? null)],
  ]);
}

function regexOperator(none: unknown, answer: (text: string, regex: RegExp) => unknown): OperatorCompiler {
  return named<'input' | 'regex' | 'options'>(['input', 'regex'], ['options'], (values, name) => {
    const given = readRegex(values, name);
    return given ? answer(given.text, given.regex) : none;
  });
}

const toText = (value: unknown, name: string): string => stringify(value, name);

/** Strings in or out. */
export const stringOperators: OperatorTable = {
  $concat: concat,
  $toLower: unary((value, name) => lower(toText(value, name))),
  $toUpper: unary((value, name) => upper(toText(value, name))),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $split: split,
  $substrCP: substrCP,
  $indexOfCP: indexOfCP,
  $strLenCP: unary((value, name) => {
    if (typeof value !== 'string')
      throw new StoreError(34471, `${name} requires a string argument, found: ${describeType(value)}`);
    return countPoints(value);
  }),
  $strcasecmp: binary((left, right, name) => compareStrings(upper(toText(left, name)), upper(toText(right, name)))),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regexOperator(false, (text, regex) => regex.test(text)),
  $regexFind: regexOperator(null, (text, regex) => {
    const match = regex.exec(text);
    return match && describeMatch(text, match);
  }),
  $regexFindAll: regexOperator([], (text, regex) =>
    [...text.matchAll(new RegExp(regex.source, `${regex.flags}g`))].map((match) => describeMatch(text, match)),
  ),
};

import { Type } from '../bson/element.ts';
import { isNumber, toDouble } from '../bson/number.ts';
import { StoreError } from '../bson/store-error.ts';

/** The names that `$type` knows (MongoDB manual, "BSON Types"). */
export const TYPE_ALIASES: ReadonlyMap<string, number> = new Map([
  ['double', Type.double],
  ['string', Type.string],
  ['object', Type.object],
  ['array', Type.array],
  ['binData', Type.binary],
  ['undefined', Type.undefined],
  ['objectId', Type.objectId],
  ['bool', Type.boolean],
  ['date', Type.date],
  ['null', Type.null],
  ['regex', Type.regex],
  ['dbPointer', Type.dbPointer],
  ['javascript', Type.code],
  ['symbol', Type.symbol],
  ['javascriptWithScope', Type.codeWithScope],
  ['int', Type.int32],
  ['timestamp', Type.timestamp],
  ['long', Type.int64],
  ['decimal', Type.decimal],
  ['minKey', Type.minKey],
  ['maxKey', Type.maxKey],
]);

const ALIAS_OF_TYPE = new Map([...TYPE_ALIASES].map(([alias, type]) => [type, alias]));

/** The name that the `$type` expression answers with. */
export function aliasOfType(type: number): string {
  return ALIAS_OF_TYPE.get(type) ?? 'missing';
}

/** The set of type codes that the argument of the `$type` query operator means. */
export function typesOf(argument: unknown): ReadonlySet<number> {
  const entries: unknown[] = Array.isArray(argument) ? argument : [argument];
  if (entries.length === 0) throw new StoreError(9, '$type must match at least one type');
  return new Set(entries.flatMap(typesOfOne));
}

function typesOfOne(entry: unknown): number[] {
  if (typeof entry === 'string') {
    if (entry === 'number') return [Type.double, Type.int32, Type.int64, Type.decimal];
    const type = TYPE_ALIASES.get(entry);
    if (type === undefined) throw new StoreError(2, `Unknown type name alias: ${entry}`);
    return [type];
  }
  if (!isNumber(entry)) throw new StoreError(14, 'type must be represented as a number or a string');
  const code = toDouble(entry);
  const type = code === -1 ? Type.minKey : code;
  if (code === Type.minKey || !ALIAS_OF_TYPE.has(type)) {
    throw new StoreError(2, `Invalid numerical type code: ${code}`);
  }
  return [type];
}

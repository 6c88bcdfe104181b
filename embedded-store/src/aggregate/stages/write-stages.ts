import type { Document } from 'bson';
import { StoreError } from '../../bson/store-error.ts';
import { entriesOf, fieldOf, isDocument } from '../../bson/value.ts';
import { describeType } from '../expression/arguments.ts';

interface Target {
  /** The database, where it is not the pipeline's own. */
  database: string | undefined;
  collection: string;
}

/** Where a pipeline ends in a collection; the writing itself is the server's. */
export type WritesTo =
  | ({ kind: '$out' } & Target)
  | ({
      kind: '$merge';
      on: string[] | undefined;
      whenMatched: 'replace' | 'keepExisting' | 'merge' | 'fail' | Document[];
      whenNotMatched: 'insert' | 'discard' | 'fail';
      let: Document | undefined;
    } & Target);

function readTarget(argument: unknown, name: string): Target {
  if (typeof argument === 'string' && argument !== '') return { database: undefined, collection: argument };
  if (isDocument(argument)) {
    const [database, collection] = [fieldOf(argument, 'db'), fieldOf(argument, 'coll')];
    const isDatabase = database === undefined || typeof database === 'string';
    if (isDatabase && typeof collection === 'string' && collection !== '') return { database, collection };
  }
  throw new StoreError(
    name === '$out' ? 16990 : 51178,
    `${name} needs the name of a collection, or {db, coll}; found ${describeType(argument)}`,
  );
}

export function readOut(argument: unknown): WritesTo {
  return { kind: '$out', ...readTarget(argument, '$out') };
}

const MERGE_FIELDS = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];
const WHEN_MATCHED = ['replace', 'keepExisting', 'merge', 'fail'] as const;
const WHEN_NOT_MATCHED = ['insert', 'discard', 'fail'] as const;

export function readMerge(argument: unknown): WritesTo {
  if (typeof argument === 'string') return readMerge({ into: argument });
  if (!isDocument(argument))
    throw new StoreError(51182, `$merge only supports a string or object argument, not ${describeType(argument)}`);
  const given = new Map(entriesOf(argument));
  for (const key of given.keys()) {
    if (!MERGE_FIELDS.includes(key)) throw new StoreError(40415, `BSON field '$merge.${key}' is an unknown field.`);
  }
  const matched = given.get('whenMatched') ?? 'merge';
  const whenMatched = Array.isArray(matched)
    ? (matched as Document[])
    : WHEN_MATCHED.find((known) => known === matched);
  const notMatched = given.get('whenNotMatched') ?? 'insert';
  const whenNotMatched = WHEN_NOT_MATCHED.find((known) => known === notMatched);
  if (!whenMatched)
    throw new StoreError(
      2,
      `Enumeration value '${String(matched)}' for field '$merge.whenMatched' is not a valid value.`,
    );
  if (!whenNotMatched)
    throw new StoreError(
      2,
      `Enumeration value '${String(notMatched)}' for field '$merge.whenNotMatched' is not a valid value.`,
    );
  const variables = given.get('let');
  return {
    kind: '$merge',
    ...readTarget(given.get('into'), '$merge'),
    on: readOn(given.get('on')),
    whenMatched,
    whenNotMatched,
    let: variables as Document | undefined,
  };
}

function readOn(on: unknown): string[] | undefined {
  if (on === undefined) return undefined;
  const fields: unknown[] = Array.isArray(on) ? on : [on];
  if (fields.length === 0)
    throw new StoreError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return fields.map((field) => {
    if (typeof field !== 'string')
      throw new StoreError(51134, `$merge 'on' array elements must be strings, but found ${describeType(field)}`);
    return field;
  });
}

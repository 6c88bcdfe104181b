import { isDocument, fieldOf, refuse, StoreError } from '../bson/index.ts';
import { type CommandName, commands, commonFields, refusedFields, statementFields } from '../surface.ts';

const allowed = new Map<string, Set<string>>();
for (const [name, fields] of Object.entries(commands)) allowed.set(name, new Set([...commonFields, ...fields]));
for (const [name, fields] of Object.entries(statementFields)) allowed.set(name, new Set(fields));

/** Refuses any field that the surface does not list for a command or statement (40415, as MongoDB). */
export function checkFields(place: string, names: Iterable<string>): void {
  const known = allowed.get(place);
  for (const name of names) {
    if (!known?.has(name)) throw new StoreError(40415, `BSON field '${place}.${name}' is an unknown field.`);
  }
}

/** Refuses what a command's fields ask for beyond the surface: transactions, collations, options listed as refused. */
export function checkOptions(place: CommandName, fields: Record<string, unknown>): void {
  if (
    fields['startTransaction'] !== undefined ||
    fields['autocommit'] !== undefined ||
    fields['txnNumber'] !== undefined
  ) {
    throw new StoreError(20, 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  for (const name in fields) {
    if (name === place) continue;
    if (!allowed.get(place)?.has(name))
      throw new StoreError(40415, `BSON field '${place}.${name}' is an unknown field.`);
    const value = fields[name];
    if (name === 'collation') checkCollation(value);
    const refusal = refusedFields[name];
    if (refusal && isAskedFor(value)) throw refuse(238, refusal);
  }
}

/** Only binary comparison is offered, which is what `{locale: 'simple'}` asks for. */
export function checkCollation(collation: unknown): void {
  if (collation === undefined || collation === null) return;
  if (isDocument(collation) && fieldOf(collation, 'locale') === 'simple') return;
  throw refuse(238, 'A collation other than {locale: "simple"}');
}

function isAskedFor(value: unknown): boolean {
  if (value === undefined || value === null || value === false || value === 0) return false;
  return !isDocument(value) || Object.keys(value).length > 0;
}

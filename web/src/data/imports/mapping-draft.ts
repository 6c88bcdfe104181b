import type { ImportMapping, ImportPreview } from '@sluice/shared/http-api';
import { FieldName, type ValueType } from '@sluice/shared/model';

type Computed = ImportMapping['computed'][number];
type Column = ImportMapping['columns'][number];

const ID_COLUMN = /^(user|customer|client|member|profile|account)?[\s_-]*(id|uid|no|number|编号|用户id|会员号)$/i;
// The schema's own pattern, so that the form and the server refuse the same names; TypeBox hides it from the type.
const NAME_PATTERN = new RegExp((FieldName as { pattern?: string }).pattern ?? '');

/** A name that may be stored, made from a column's own: dots and a leading `$` are what the store refuses. */
export function attributeNameOf(column: string): string {
  const name = column.trim().replaceAll('.', '_').replaceAll('\0', '_').replace(/^\$+/, '').slice(0, 128);
  return isAttributeName(name) ? name : `${name || 'column'}_`;
}

export function isAttributeName(name: string): boolean {
  return name.length <= 128 && NAME_PATTERN.test(name);
}

/** A first mapping to correct: every column by its own name and detected type, the user id from a column that looks like one. */
export function suggestMapping(preview: ImportPreview): ImportMapping {
  const idColumn = preview.columns.find((column) => ID_COLUMN.test(column.name.trim()));
  const columns = preview.columns.map(
    (column): Column => ({
      column: column.name,
      attribute: attributeNameOf(column.name),
      type: column.type,
      ...(column === idColumn ? { skip: true } : {}),
    }),
  );
  const identity = idColumn
    ? { kind: 'column' as const, column: idColumn.name }
    : { kind: 'row-number' as const, prefix: 'user-' };
  return { identity, columns, computed: [] };
}

export function setColumn(mapping: ImportMapping, index: number, change: Partial<Column>): ImportMapping {
  const columns = mapping.columns.map((column, at) => (at === index ? { ...column, ...change } : column));
  return { ...mapping, columns };
}

export function setComputed(mapping: ImportMapping, index: number, change: Partial<Computed>): ImportMapping {
  const computed = mapping.computed.map((entry, at) => (at === index ? { ...entry, ...change } : entry));
  return { ...mapping, computed };
}

export function addComputed(mapping: ImportMapping, type: ValueType = 'string'): ImportMapping {
  return { ...mapping, computed: [...mapping.computed, { attribute: '', liquid: '', type }] };
}

export function removeComputed(mapping: ImportMapping, index: number): ImportMapping {
  return { ...mapping, computed: mapping.computed.filter((_entry, at) => at !== index) };
}

export type MappingProblem = 'name-empty' | 'name-invalid' | 'name-twice' | 'liquid-empty';

export interface MappingProblems {
  /** By index of the column or computed entry. */
  columns: ReadonlyMap<number, MappingProblem>;
  computed: ReadonlyMap<number, MappingProblem>;
  count: number;
}

/** What keeps a mapping from being tried; the server checks again. */
export function findMappingProblems(mapping: ImportMapping): MappingProblems {
  const used = new Map<string, number>();
  const kept = mapping.columns.filter((column) => !column.skip);
  for (const { attribute } of [...kept, ...mapping.computed]) used.set(attribute, (used.get(attribute) ?? 0) + 1);
  const problemOf = (attribute: string): MappingProblem | undefined => {
    if (attribute.trim() === '') return 'name-empty';
    if (!isAttributeName(attribute)) return 'name-invalid';
    return (used.get(attribute) ?? 0) > 1 ? 'name-twice' : undefined;
  };
  const columns = new Map<number, MappingProblem>();
  mapping.columns.forEach((column, index) => {
    const problem = column.skip ? undefined : problemOf(column.attribute);
    if (problem) columns.set(index, problem);
  });
  const computed = new Map<number, MappingProblem>();
  mapping.computed.forEach((entry, index) => {
    const problem = problemOf(entry.attribute) ?? (entry.liquid.trim() === '' ? 'liquid-empty' : undefined);
    if (problem) computed.set(index, problem);
  });
  return { columns, computed, count: columns.size + computed.size };
}

/** Only what the server should see: skipped columns stay in, since they are part of the answer "what became of it". */
export function isMappingEmpty(mapping: ImportMapping): boolean {
  return mapping.computed.length === 0 && mapping.columns.every((column) => column.skip);
}

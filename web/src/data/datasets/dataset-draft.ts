import type { Dataset } from '@sluice/shared/http-api';
import type { AttributeDefinition, DatasetColumn, DatasetDeclaration, Lookup } from '@sluice/shared/model';

/** A declaration while it is written. */
export interface DatasetDraft extends DatasetDeclaration {
  name: string;
  description: string;
}

export const NEW_DATASET: DatasetDraft = {
  name: '',
  displayName: '',
  description: '',
  columns: [
    { name: 'user_id', type: 'string', sensitivity: 'internal' },
    { name: 'number', type: 'string', sensitivity: 'internal' },
  ],
  userColumn: 'user_id',
  keyColumns: ['number'],
  lookups: [],
};

export function draftOf(dataset: Dataset): DatasetDraft {
  const { name, displayName, description = '', columns, userColumn, keyColumns, lookups } = dataset;
  const plain = columns.map(({ rights: _rights, ...column }) => column);
  return { name, displayName, description, columns: plain, userColumn, keyColumns, lookups };
}

export function declarationOf({ name: _name, description, ...rest }: DatasetDraft): DatasetDeclaration {
  return { ...rest, ...(description.trim() && { description }), columns: rest.columns.map(withoutEmptyNames) };
}

export function setColumn(draft: DatasetDraft, index: number, part: Partial<DatasetColumn>): DatasetDraft {
  const old = draft.columns[index]?.name ?? '';
  const columns = draft.columns.map((column, at) => (at === index ? { ...column, ...part } : column));
  const { name } = part;
  if (name === undefined) return { ...draft, columns };
  const renamed = (column: string) => (column === old ? name : column);
  // What points at the column goes with its name.
  return { ...draft, columns, userColumn: renamed(draft.userColumn), keyColumns: draft.keyColumns.map(renamed) };
}

export function removeColumn(draft: DatasetDraft, index: number): DatasetDraft {
  return { ...draft, columns: draft.columns.filter((_, at) => at !== index) };
}

export function addColumn(draft: DatasetDraft): DatasetDraft {
  return { ...draft, columns: [...draft.columns, { name: '', type: 'string', sensitivity: 'internal' }] };
}

/** A column that follows an attribute of the owner. */
export function joinAttribute(draft: DatasetDraft, attribute: AttributeDefinition): DatasetDraft {
  const taken = new Set(draft.columns.map(({ name }) => name));
  const name = taken.has(attribute.name) ? `profile_${attribute.name}` : attribute.name;
  const column: DatasetColumn = {
    name,
    ...(attribute.displayName && { displayName: attribute.displayName }),
    type: attribute.type,
    sensitivity: attribute.sensitivity,
    joined: attribute.name,
  };
  return { ...draft, columns: [...draft.columns, column] };
}

export function newLookup({ columns, lookups }: DatasetDraft): Lookup {
  return { name: `rows_${lookups.length + 1}`, columns: columns.map(({ name }) => name), where: [], limit: 5 };
}

/** How a message names the rows. */
export function snippetOf(dataset: Pick<Dataset, 'name' | 'columns'>, { name, columns }: Lookup): string {
  const dates = new Set(dataset.columns.filter(({ type }) => type === 'date').map((column) => column.name));
  const cells = columns
    .slice(0, 3)
    .map((column) => `{{ row.${column}${dates.has(column) ? ' | date: "%Y-%m-%d"' : ''} }}`);
  return `{% for row in related.${dataset.name}.${name} %}\n  ${cells.join(' · ')}\n{% endfor %}`;
}

const NAME = /^[a-z][a-z0-9_]{0,39}$/;
export type DraftProblem =
  | 'nameInvalid'
  | 'displayNameMissing'
  | 'columnUnnamed'
  | 'columnTwice'
  | 'keyMissing'
  | 'lookupName';

/** What keeps a draft from being saved; the server checks again. */
export function problemsOf({ name, displayName, columns, keyColumns, lookups }: DatasetDraft): DraftProblem[] {
  const names = columns.map((column) => column.name.trim());
  return [
    ...(NAME.test(name) ? [] : ['nameInvalid' as const]),
    ...(displayName.trim() === '' ? ['displayNameMissing' as const] : []),
    ...(names.includes('') ? ['columnUnnamed' as const] : []),
    ...(new Set(names).size < names.length ? ['columnTwice' as const] : []),
    ...(keyColumns.length === 0 ? ['keyMissing' as const] : []),
    ...(lookups.every((lookup) => NAME.test(lookup.name) && lookup.columns.length > 0) ? [] : ['lookupName' as const]),
  ];
}

/** A name for addresses and templates, from the name on screen where that is in Latin letters. */
export function suggestName(displayName: string): string {
  const plain = displayName
    .normalize('NFKD')
    .replace(/[^\w\s-]/g, '')
    .trim()
    .toLowerCase();
  return plain
    .replace(/[\s-]+/g, '_')
    .replace(/^[^a-z]+/, '')
    .slice(0, 40);
}

function withoutEmptyNames({ displayName, ...column }: DatasetColumn): DatasetColumn {
  return displayName?.trim() ? { ...column, displayName } : column;
}

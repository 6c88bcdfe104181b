import type { Dataset, ImportMapping, ImportPreview } from '@sluice/shared/http-api';

/** Names that mean the same however they are spelled. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_.-]+/g, '');
}

/** The columns of a file that rows of the dataset can be filled from, by their names or the names on screen. */
export function fitColumns(mapping: ImportMapping, preview: ImportPreview, dataset: Dataset): ImportMapping {
  const own = dataset.columns.filter(({ joined }) => joined === undefined);
  const find = (column: string) =>
    own.find(({ name, displayName }) => plain(name) === plain(column) || plain(displayName ?? name) === plain(column));
  const user = preview.columns.find(({ name }) => find(name)?.name === dataset.userColumn);
  const current = mapping.identity.kind === 'column' ? mapping.identity.column : (preview.columns[0]?.name ?? '');
  const column = user?.name ?? current;
  return {
    identity: { kind: 'column', column },
    columns: preview.columns.map(({ name, type }) => {
      const into = find(name);
      const isUsed = into !== undefined && name !== column;
      return { column: name, attribute: into?.name ?? name, type: into?.type ?? type, ...(!isUsed && { skip: true }) };
    }),
    computed: [],
    dataset: dataset.name,
  };
}

/** Key columns that nothing fills yet. */
export function missingKeys(mapping: ImportMapping, dataset: Dataset): string[] {
  const filled = new Set(
    [...mapping.columns.filter(({ skip }) => !skip), ...mapping.computed].map((each) => each.attribute),
  );
  return dataset.keyColumns.filter((column) => column !== dataset.userColumn && !filled.has(column));
}

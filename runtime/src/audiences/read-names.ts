import type { NameReading } from '@sluice/shared/condition';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { DatasetIndex } from '../datasets/dataset-index.ts';
import type { AudienceIndex } from './audience-index.ts';

export interface NamesDeps {
  dictionary: Pick<Dictionary, 'displayNames'>;
  index: AudienceIndex;
  datasetIndex: Pick<DatasetIndex, 'current'>;
}

/** How the names in a condition read: attributes by the dictionary, audiences by their own. */
export async function readNames({ dictionary, index, datasetIndex }: NamesDeps): Promise<NameReading> {
  const [displayNames, { names }, { byName }] = await Promise.all([
    dictionary.displayNames(),
    index.current(),
    datasetIndex.current(),
  ]);
  return {
    attribute: (name) => displayNames.get(name) ?? name,
    dataset: (name) => byName.get(name)?.displayName ?? name,
    column: (dataset, name) => byName.get(dataset)?.columns.find((column) => column.name === name)?.displayName || name,
    audience: (id) => names.get(id) ?? id,
  };
}

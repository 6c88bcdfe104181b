import type { DatasetUses } from '@sluice/shared/http-api';
import { audiencesReading } from '../audiences/audiences-reading.ts';
import { flowsNaming } from '../flows/flows-naming.ts';
import type { Database } from '../stores/database.ts';

/**
 * The audiences whose condition looks into the dataset, and the flows whose draft or a version of which names it: in a
 * condition, or as related data in a message. A text that only contains the name of a look-up counts too: better one
 * refusal too many than a message without its rows.
 */
export async function findDatasetUses(database: Database, dataset: string): Promise<DatasetUses> {
  const { flows } = await flowsNaming(database, `("dataset":"${dataset}"|related\\.${dataset}\\b)`);
  return {
    flows: flows.map(({ _id: id, name }) => ({ id, name })),
    audiences: await audiencesReading(database, (reads) => reads.datasets.has(dataset)),
  };
}

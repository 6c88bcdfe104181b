import { readsOf } from '@sluice/shared/condition';
import type { DatasetUses } from '@sluice/shared/http-api';
import { audiences } from '../audiences/audience-record.ts';
import { flows, flowVersions } from '../flows/flow-record.ts';
import type { Database } from '../stores/database.ts';

/**
 * The audiences whose condition looks into the dataset, and the flows whose draft or a version of which names it: in a
 * condition, or as related data in a message. A text that only contains the name of a look-up counts too: better one
 * refusal too many than a message without its rows.
 */
export async function findDatasetUses(database: Database, dataset: string): Promise<DatasetUses> {
  const named = { graphText: { $regex: `("dataset":"${dataset}"|related\\.${dataset}\\b)` } };
  const versions = await database
    .collection(flowVersions)
    .find(named)
    .project<{ flowId: string }>({ flowId: 1 })
    .toArray();
  const found = await database
    .collection(flows)
    .find({ $or: [named, { _id: { $in: versions.map(({ flowId }) => flowId) } }] })
    .project<{ _id: string; name: string }>({ name: 1 })
    .sort({ name: 1 })
    .toArray();
  const others = await database
    .collection(audiences)
    .find({ isDeleted: { $exists: false } })
    .sort({ name: 1 })
    .toArray();
  return {
    flows: found.map(({ _id: id, name }) => ({ id, name })),
    audiences: others
      .filter(({ condition }) => condition && readsOf(condition).datasets.has(dataset))
      .map(({ _id: id, name }) => ({ id, name })),
  };
}

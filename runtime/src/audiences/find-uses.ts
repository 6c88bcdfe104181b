import type { AudienceUses } from '@sluice/shared/http-api';
import { flows, flowVersions, versionIdOf } from '../flows/flow-record.ts';
import type { Database } from '../stores/database.ts';
import { readsOf } from '@sluice/shared/condition';
import { audiences } from './audience-record.ts';

/**
 * The flows whose draft or live version names the audience, and the audiences whose condition does. An id occurs nowhere
 * by chance, so a flow is asked for the text of its graph; params are whatever their template declares.
 */
export async function findUses(database: Database, audienceId: string): Promise<AudienceUses> {
  const named = { graphText: { $regex: `"${audienceId}"` } };
  const versions = await database
    .collection(flowVersions)
    .find(named)
    .project<{ _id: string; flowId: string }>({ flowId: 1 })
    .toArray();
  const holders = new Set(versions.map(({ _id }) => _id));
  const found = await database
    .collection(flows)
    .find({ $or: [named, { _id: { $in: versions.map(({ flowId }) => flowId) } }] })
    .project<{ _id: string; name: string; status: string; liveVersion: number | null; graphText: string }>({
      name: 1,
      status: 1,
      liveVersion: 1,
      graphText: 1,
    })
    .sort({ name: 1 })
    .toArray();
  const others = await database
    .collection(audiences)
    .find({ isDeleted: { $exists: false } })
    .sort({ name: 1 })
    .toArray();
  return {
    flows: found.flatMap(({ _id: id, name, status, liveVersion, graphText }) => {
      const isLive =
        (status === 'live' || status === 'paused') && liveVersion !== null && holders.has(versionIdOf(id, liveVersion));
      return isLive || graphText.includes(`"${audienceId}"`) ? [{ id, name, isLive }] : [];
    }),
    audiences: others
      .filter(({ condition }) => condition && readsOf(condition).audiences.has(audienceId))
      .map(({ _id: id, name }) => ({ id, name })),
  };
}

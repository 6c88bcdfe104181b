import type { AudienceUses } from '@sluice/shared/http-api';
import { versionIdOf } from '../flows/flow-record.ts';
import { flowsNaming } from '../flows/flows-naming.ts';
import type { Database } from '../stores/database.ts';
import { audiencesReading } from './audiences-reading.ts';

/**
 * The flows whose draft or live version names the audience, and the audiences whose condition does. An id occurs nowhere
 * by chance, so a flow is asked for the text of its graph; params are whatever their template declares.
 */
export async function findUses(database: Database, audienceId: string): Promise<AudienceUses> {
  const named = `"${audienceId}"`;
  const { flows, versionIds } = await flowsNaming(database, named);
  return {
    flows: flows.flatMap(({ _id: id, name, status, liveVersion, graphText }) => {
      const isLive =
        (status === 'live' || status === 'paused') &&
        liveVersion !== null &&
        versionIds.has(versionIdOf(id, liveVersion));
      return isLive || graphText.includes(named) ? [{ id, name, isLive }] : [];
    }),
    audiences: await audiencesReading(database, (reads) => reads.audiences.has(audienceId)),
  };
}

import { AppError } from '@sluice/shared/errors';
import type { FlowVersion } from '@sluice/shared/http-api';
import type { Database } from '../stores/database.ts';
import { describeVersion } from './flow-list.ts';
import { type FlowRecord, flowVersions, versionIdOf } from './flow-record.ts';

/**
 * Gives a published version a name, or takes it away with an empty one; everything else of it stays as it is.
 * Throws `not-found` for a version that was never published, though its record may lie there already.
 */
export async function nameVersion(
  database: Database,
  { _id: flowId, liveVersion }: Pick<FlowRecord, '_id' | 'liveVersion'>,
  version: number,
  name: string,
): Promise<FlowVersion> {
  const trimmed = name.trim();
  const named =
    version <= (liveVersion ?? 0) &&
    (await database
      .collection(flowVersions)
      .findOneAndUpdate(
        { _id: versionIdOf(flowId, version) },
        trimmed === '' ? { $unset: { name: true } } : { $set: { name: trimmed } },
        { returnDocument: 'after' },
      ));
  if (!named)
    throw new AppError('not-found', `This flow has no version ${version}`, {
      details: { what: 'version', id: String(version) },
    });
  return describeVersion(named);
}

import type { AudienceUpkeep } from '../audiences/keep-current.ts';
import type { TargetDeps } from './import-target.ts';

/** Tells those who count events that some came or went: first what is worked out from them, then who looks at that. */
export async function followEvents(
  { derived, upkeep }: Pick<TargetDeps, 'derived' | 'upkeep'>,
  touched: Parameters<AudienceUpkeep['consumeEvents']>[0],
): Promise<void> {
  await derived.upkeep.workOutAgain([...new Set(touched.map(({ profileId }) => profileId))]);
  await upkeep.consumeEvents(touched);
}

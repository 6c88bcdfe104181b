import { createBucket } from '@sluice/shared/node-contract';
import { createModels } from '../models/models.ts';
import type { Scheduler } from '../scheduler/scheduler.ts';
import type { Core } from './core.ts';
import type { composeData } from './data.ts';

type Data = Pick<ReturnType<typeof composeData>, 'dictionary' | 'reader' | 'watch' | 'saved'>;

/** Models over the profiles, and the audiences and attributes that come of them. */
export function composeModels(core: Core, parts: Data & { scheduler: Scheduler; timeZone: string }) {
  return createModels({
    ...core,
    ...parts,
    audiences: parts.saved.audiences,
    bucket: createBucket(),
    mayUse: () => true,
  });
}

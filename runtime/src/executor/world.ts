import { AppError } from '@sluice/shared/errors';
import type { Condition } from '@sluice/shared/condition';
import type { ProfileFacts, Verdict } from '@sluice/shared/node-contract';
import DataLoader from 'dataloader';
import type { ConditionReader, Subject } from '../conditions/condition-reader.ts';
import { BatchInterrupted, type World } from './advance-run.ts';

export type Bucket = (flowId: string, nodeId: string, profileId: string, salt: string) => number;

/**
 * The world of one batch. A thousand runs that stand at one condition become one question to the reader: conditions are
 * told apart by identity, since all runs of a version share one graph object.
 */
export function createWorld(options: {
  now: number;
  timeZone: string;
  reader: ConditionReader;
  bucket: Bucket;
}): World {
  const { now, timeZone, reader, bucket } = options;
  const loaders = new Map<Condition, DataLoader<Subject, Verdict>>();
  const loaderOf = (condition: Condition) => {
    let loader = loaders.get(condition);
    if (!loader) {
      loader = new DataLoader((subjects) => reader.verdicts(condition, subjects, { now, timeZone }), { cache: false });
      loaders.set(condition, loader);
    }
    return loader;
  };
  return {
    now,
    timeZone,
    bucket,
    matches: async (condition: Condition, profile: ProfileFacts, run) => {
      try {
        return await loaderOf(condition).load({
          profile,
          run: { flowId: run.flowId, enteredAt: run.enteredAt.getTime() },
        });
      } catch (cause) {
        // A condition that cannot be read is this run's failure; anything else is the store's, and nobody's fault here.
        if (cause instanceof AppError && cause.kind === 'user') throw cause;
        throw new BatchInterrupted('A condition could not be read', { cause });
      }
    },
  };
}

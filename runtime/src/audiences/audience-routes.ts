import { usedNames, describeInEach } from '@sluice/shared/condition';
import { dataRoutes } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { ReadLevels } from '../access/read-level.ts';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { DatasetIndex } from '../datasets/dataset-index.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import { toProfile } from '../profiles/profile-facts.ts';
import type { Database } from '../stores/database.ts';
import type { AudienceIndex } from './audience-index.ts';
import { readNames } from './read-names.ts';
import { createCountMemory } from './remember-counts.ts';

export interface AudienceDeps {
  database: Database;
  reader: ConditionReader;
  dictionary: Dictionary;
  readLevels: ReadLevels;
  index: AudienceIndex;
  datasetIndex: Pick<DatasetIndex, 'current'>;
  clock: Clock;
  /** IANA zone of the workspace. */
  timeZone: string;
}

/** The live count of a condition. */
export function registerAudienceRoutes(serve: Serve, deps: AudienceDeps): void {
  const memory = createCountMemory(deps);
  serve(dataRoutes.countAudience, async ({ body: { condition, isFresh = false }, caller }) => {
    const lens = await deps.readLevels.of(accountOf(caller).role);
    // Whoever may ask whether a value is above another one learns the value.
    lens.demandUse(usedNames(condition));
    await deps.reader.check(condition);
    const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
    const [found, names] = await Promise.all([memory.count(condition, instant, { isFresh }), readNames(deps)]);
    return {
      count: found.count,
      ...(found.margin !== undefined && { margin: found.margin }),
      total: found.total,
      ...(found.asOf !== undefined && { asOf: new Date(found.asOf).toISOString() }),
      sample: found.sample.map((record) => toProfile(record, lens)),
      sentence: describeInEach(condition, names),
    };
  });
}

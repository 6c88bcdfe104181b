import { describeCondition } from '@sluice/shared/condition';
import { dataRoutes } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import type { ConditionReader } from '../conditions/condition-reader.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { Serve } from '../http/serve.ts';
import { toProfile } from '../profiles/profile-facts.ts';
import type { AudienceIndex } from './audience-index.ts';
import { readNames } from './read-names.ts';

const SAMPLE_SIZE = 5;
/** An operator waits for this while editing; longer is better answered by "narrow it down". */
const COUNT_LIMIT_MS = 10_000;

export interface AudienceDeps {
  reader: ConditionReader;
  dictionary: Dictionary;
  index: AudienceIndex;
  clock: Clock;
  /** IANA zone of the workspace. */
  timeZone: string;
}

/** The live count of a condition, and the data dictionary that the condition builder offers. */
export function registerAudienceRoutes(serve: Serve, deps: AudienceDeps): void {
  serve(dataRoutes.countAudience, async ({ body: { condition } }) => {
    await deps.reader.check(condition);
    const instant = { now: deps.clock.now(), timeZone: deps.timeZone };
    const options = { sampleSize: SAMPLE_SIZE, maxTimeMs: COUNT_LIMIT_MS };
    const [found, names] = await Promise.all([deps.reader.count(condition, instant, options), readNames(deps)]);
    return {
      count: found.count,
      total: found.total,
      sample: found.sample.map(toProfile),
      sentence: {
        'zh-CN': describeCondition(condition, 'zh-CN', names),
        'en-US': describeCondition(condition, 'en-US', names),
      },
    };
  });
  serve(dataRoutes.listAttributes, async () => ({ items: await deps.dictionary.listAttributes(), next: null }));
  serve(dataRoutes.listEvents, async () => ({ items: await deps.dictionary.listEvents(), next: null }));
}

import { AppError } from '@sluice/shared/errors';
import { dataRoutes } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import { problemOfRule } from '../quality/compile-rule.ts';
import type { Dictionary } from './dictionary.ts';

/** The data dictionary, as the role of the caller may see it. */
export function registerDictionaryRoutes(
  serve: Serve,
  { dictionary, readLevels }: { dictionary: Dictionary; readLevels: ReadLevels },
): void {
  serve(dataRoutes.listAttributes, async ({ caller }) => {
    const lens = await readLevels.of(accountOf(caller).role);
    const [items, deleted] = await Promise.all([dictionary.listAttributes(lens), dictionary.listDeleted(lens)]);
    return { items, deleted, next: null };
  });
  serve(dataRoutes.listEvents, async () => ({ items: await dictionary.listEvents(), next: null }));
  serve(dataRoutes.describeAttribute, async ({ params, body }) => {
    const problem = body.rule && problemOfRule(body.rule);
    if (problem) throw new AppError('rule-invalid', problem['en-US'], { details: { problem } });
    await dictionary.describe(params.name, body);
    return {};
  });
}

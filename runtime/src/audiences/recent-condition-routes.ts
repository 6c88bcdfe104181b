import { checkCondition, describeInEach, usedNames } from '@sluice/shared/condition';
import { api } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import type { Dictionary } from '../conditions/dictionary.ts';
import type { RecentConditions } from '../conditions/recent-conditions.ts';
import { accountOf } from '../http/caller.ts';
import type { Serve } from '../http/serve.ts';
import { type NamesDeps, readNames } from './read-names.ts';

const SHOWN = 20;

export interface RecentConditionDeps extends NamesDeps {
  recent: RecentConditions;
  dictionary: Pick<Dictionary, 'checkingFacts' | 'displayNames'>;
  readLevels: ReadLevels;
}

/** What the caller used lately and could use again: what may no longer be asked, or names what is gone, is left out. */
export function registerRecentConditionRoutes(serve: Serve, deps: RecentConditionDeps): void {
  serve(api.recentConditions.listRecentConditions, async ({ caller }) => {
    const account = accountOf(caller);
    const [kept, lens, facts, names] = await Promise.all([
      deps.recent.list(account.id),
      deps.readLevels.of(account.role),
      deps.dictionary.checkingFacts(),
      readNames(deps),
    ]);
    const usable = kept.filter(
      ({ condition }) =>
        lens.refused(usedNames(condition)).length === 0 &&
        checkCondition(condition, facts, { isInRun: true }).every(({ severity }) => severity !== 'error'),
    );
    return {
      items: usable.slice(0, SHOWN).map(({ condition, usedAt }) => ({
        condition,
        usedAt: usedAt.toISOString(),
        sentence: describeInEach(condition, names),
      })),
    };
  });
}

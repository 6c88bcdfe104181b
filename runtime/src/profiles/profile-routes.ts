import { AppError } from '@sluice/shared/errors';
import { dataRoutes } from '@sluice/shared/http-api';
import type { ReadLevels } from '../access/read-level.ts';
import type { Reveals } from '../access/reveals.ts';
import { accountOf } from '../http/caller.ts';
import type { Caller, Serve } from '../http/serve.ts';
import type { ProfileList } from './profile-list.ts';

export function registerProfileRoutes(
  serve: Serve,
  deps: { profiles: ProfileList; readLevels: ReadLevels; reveals: Reveals },
): void {
  const { profiles, reveals } = deps;
  const lensOf = (caller: Caller) => deps.readLevels.of(accountOf(caller).role);

  serve(dataRoutes.listProfiles, async ({ query, caller }) => profiles.list(query, await lensOf(caller)));
  serve(dataRoutes.getProfile, async ({ params, caller }) => profiles.get(params.profileId, await lensOf(caller)));
  serve(dataRoutes.listProfileEvents, async ({ params, query }) => profiles.listEvents(params.profileId, query));

  serve(dataRoutes.revealAttribute, async ({ params, body: { attribute, purpose }, caller }) => {
    const account = accountOf(caller);
    const { read, mayReveal } = (await lensOf(caller)).rightsOf(attribute);
    if (read !== 'plain' && !mayReveal)
      throw new AppError('attribute-not-allowed', `The role ${account.role} may not look at ${attribute}`, {
        details: { names: attribute, role: account.role },
      });
    const { profileId, value } = await profiles.readAttribute(params.profileId, attribute);
    // First the record, then the value: a look that nobody could know of must not happen.
    if (read !== 'plain') await reveals.record({ profileId, attribute, purpose }, account);
    return { value };
  });
  serve(dataRoutes.listReveals, ({ query }) => reveals.list(query));
}

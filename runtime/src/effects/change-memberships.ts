import type { MemberChanger } from '../audiences/change-members.ts';
import { depthBehind } from '../executor/chain-depth.ts';
import type { Aliases } from '../identities/aliases.ts';
import type { KindPerformer } from './kind-performer.ts';

/** Puts profiles into manual audiences and takes them out; of an audience that is gone, or follows a condition, nothing comes. */
export function createMembershipPerformer(
  changer: MemberChanger,
  aliases: Pick<Aliases, 'of'>,
): KindPerformer<'change-membership'> {
  return {
    kind: 'change-membership',
    tellsOthers: true,
    async perform(requests) {
      const merged = await aliases.of(requests.map(({ run }) => run.profileId));
      const taken = await changer.apply(
        requests.map(({ effectId, effect: { audience, change }, run }) => ({
          effectId,
          audience,
          profileId: merged.get(run.profileId) ?? run.profileId,
          change,
          depth: depthBehind(run),
        })),
      );
      const isTaken = new Set(taken.map(({ effectId }) => effectId));
      return {
        results: new Map(
          requests.map(({ effectId }) => [
            effectId,
            isTaken.has(effectId) ? { isOk: true } : { isOk: false, code: 'audience-not-manual' },
          ]),
        ),
      };
    },
  };
}

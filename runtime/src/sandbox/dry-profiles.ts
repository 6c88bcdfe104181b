import type { KindPerformer } from '../effects/kind-performer.ts';
import type { VirtualWorld } from './virtual-world.ts';

/** A change that the attribute does not take is passed over, as the store does. */
export function createDryProfilePerformer(world: Pick<VirtualWorld, 'update'>): KindPerformer<'update-profile'> {
  return {
    kind: 'update-profile',
    async perform(requests) {
      const results = new Map<string, { isOk: boolean; code?: string }>();
      for (const { effectId, effect } of requests)
        try {
          world.update(effect);
        } catch {
          results.set(effectId, { isOk: false, code: 'attribute-type' });
        }
      return { results };
    },
  };
}

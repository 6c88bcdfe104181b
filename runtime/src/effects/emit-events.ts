import type { Clock } from '@sluice/shared/time';
import { depthBehind } from '../executor/chain-depth.ts';
import type { EventLog } from '../ingest/event-log.ts';
import type { KindPerformer } from './kind-performer.ts';

/**
 * Records events that steps decided, under the ids of their effects: an event that is told twice is one. Each says how many
 * events of flows led to it, which is what ends flows that would answer each other for ever.
 */
export function createEventPerformer(deps: { eventLog: EventLog; clock: Clock }): KindPerformer<'emit-event'> {
  return {
    kind: 'emit-event',
    tellsOthers: true,
    async perform(requests) {
      const at = new Date(deps.clock.now());
      await deps.eventLog.recordEvents(
        requests.map(({ effectId, effect, run }) => ({
          profileId: run.profileId,
          name: effect.name,
          properties: effect.properties,
          at,
          messageId: effectId,
          depth: depthBehind(run),
        })),
      );
      return undefined;
    },
  };
}

import type { EffectResult } from '@sluice/shared/node-contract';
import { type Clock } from '@sluice/shared/time';
import { readAddress } from '../channels/email/render-emails.ts';
import { createMembershipPerformer } from '../effects/change-memberships.ts';
import { createEventPerformer } from '../effects/emit-events.ts';
import type { KindPerformer } from '../effects/kind-performer.ts';
import { createEffectPerformer } from '../effects/perform-effects.ts';
import { signalOfResult } from '../effects/signal-of-result.ts';
import { createRunPerformer } from '../effects/start-runs.ts';
import type { Entry } from '../executor/entry.ts';
import type { EffectPerformer } from '../executor/executor.ts';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { RunSignal } from '../executor/run-store.ts';
import { createDryProfilePerformer } from '../sandbox/dry-profiles.ts';
import type { VirtualWorld } from '../sandbox/virtual-world.ts';
import type { Draw } from '@sluice/shared/random';
import { drawReply, resultOf } from './draw-replies.ts';
import type { Stage } from './forecast-engine.ts';
import type { DrawnEvent } from './responses.ts';

/** What effects may do to the life of one subject. */
export interface SubjectReach {
  world: VirtualWorld;
  clock: Clock;
  draw: Draw;
  start(program: FlowProgram, trigger: string, entries: readonly Entry[]): Promise<void>;
  later(afterMs: number, act: () => Promise<void> | void): void;
  happen(drawn: DrawnEvent): void;
  tell(signals: readonly RunSignal[]): Promise<void>;
}

/** Effects as they are performed live, but for what would leave: messages are counted, calls are answered by chance. */
export function createForecastPerformer(stage: Stage, reach: SubjectReach): EffectPerformer {
  const { world, clock } = reach;
  return createEffectPerformer({
    clock,
    performers: [
      countMessages(stage, reach),
      createDryProfilePerformer(world),
      createMembershipPerformer(world.changer, NO_ALIASES),
      createEventPerformer({ eventLog: world.eventLog, clock }),
      createRunPerformer({
        executor: {
          async enrol(program, trigger, entries) {
            await reach.start(program, trigger, entries);
            return new Set();
          },
        },
        liveProgram: async (flowId) => stage.liveProgram(flowId),
      }),
      answerCalls(stage, reach),
    ],
  });
}

const NO_ALIASES = { of: async () => new Map<string, string>() };

/** A message that has an address counts as sent; whether it arrives is drawn, and only then does anybody answer it. */
function countMessages(
  { order, program, counters, responses }: Stage,
  reach: SubjectReach,
): KindPerformer<'send-message'> {
  const { totals } = counters;
  return {
    kind: 'send-message',
    async perform(requests) {
      const reached: string[] = [];
      for (const { effectId, effect, run, program: of, profile } of requests) {
        if (!profile) continue;
        const { contentNode } = effect;
        const { to } = of.node(contentNode)?.params ?? {};
        totals.asked += 1;
        const { problem } = readAddress(typeof to === 'string' ? profile.attributes[to] : undefined);
        if (problem) {
          totals.suppressed[problem] = (totals.suppressed[problem] ?? 0) + 1;
          continue;
        }
        reached.push(effectId);
        const now = reach.clock.now();
        counters.sent(of.flowId === program.flowId ? contentNode : of.flowId, now);
        if (reach.draw() >= order.deliveredShare) totals.undelivered += 1;
        else if (of.flowId === program.flowId) {
          const origin = { flowId: run.flowId, version: run.version, nodeId: contentNode, deliveryId: effectId };
          for (const drawn of responses.onMessage(contentNode, run, origin, reach.draw, now)) reach.happen(drawn);
        }
      }
      return { reached };
    },
  };
}

function answerCalls({ order, counters }: Stage, reach: SubjectReach): KindPerformer<'call-http'> {
  const { unanswered } = counters.totals;
  return {
    kind: 'call-http',
    async perform(requests) {
      for (const { effectId, effect, program, awaitedBy } of requests) {
        if (!awaitedBy) continue;
        const node = effect.requestNode;
        const isService = program.callOf(node)?.to === 'service';
        const replies = order.answers.find((one) => one.node === node)?.replies;
        if (isService && (!replies || replies.length === 0)) unanswered[node] = (unanswered[node] ?? 0) + 1;
        const { result, latencyMs } = resultOf(drawReply(replies, isService, reach.draw), order.services[node]);
        reach.later(latencyMs, () => tell(effectId, awaitedBy, result));
      }
      return undefined;
    },
  };

  function tell(effectId: string, awaitedBy: Parameters<typeof signalOfResult>[1], result: EffectResult) {
    return reach.tell([signalOfResult(effectId, awaitedBy, result, new Date(reach.clock.now()))]);
  }
}

import type { Condition, PropertyFilter } from '@sluice/shared/condition';
import type { CodeLimits, CodeResult, PropertyValue } from '@sluice/shared/node-contract';
import DataLoader from 'dataloader';
import type { CodeRunner } from '../executor/world.ts';
import type { World } from '../executor/step-context.ts';
import type { VirtualWorld } from '../sandbox/virtual-world.ts';
import type { Stage } from './forecast-engine.ts';

/** What steps may learn in a forecast: of the subject from its own world, of the others through the places they share. */
export function createForecastWorld(
  { order, program, places, bucket, code }: Stage,
  world: VirtualWorld,
  clock: { now(): number },
): World {
  const { timeZone } = order;
  const instant = () => ({ now: clock.now(), timeZone });
  return {
    get now() {
      return clock.now();
    },
    timeZone,
    bucket,
    async matches(condition: Condition, profile, { flowId, enteredAt }) {
      const subject = { profile, run: { flowId, enteredAt: enteredAt.getTime() } };
      const [verdict] = await world.reader.verdicts(condition, [subject], instant());
      return verdict ?? { isMatch: false };
    },
    async pastEvent(
      profileId: string,
      name: string,
      where: readonly PropertyFilter[],
      since: number,
      same?: PropertyValue,
    ) {
      const [found] = await world.history.latest(name, where, [{ profileId, since, ...(same && { same }) }], instant());
      return found;
    },
    // Whoever has a place may pass: the line counts everybody who comes to the node.
    passGate: async () => true,
    reserveSlot: async (flowId, nodeId, perMinute) => places.reserve(`${flowId}:${nodeId}`, perMinute, clock.now()),
    decision: async (flowId, _version, nodeId) => (flowId === program.flowId ? order.winners[nodeId] : undefined),
    runCode: (source: string, input: unknown, limits?: CodeLimits): Promise<CodeResult> =>
      loaderOf(code, source, limits).load(input),
  };
}

const loaders = new WeakMap<CodeRunner, Map<string, DataLoader<unknown, CodeResult>>>();

/** Subjects that go side by side ask together. */
function loaderOf(code: CodeRunner, source: string, limits?: CodeLimits): DataLoader<unknown, CodeResult> {
  const ofRunner = loaders.get(code) ?? new Map<string, DataLoader<unknown, CodeResult>>();
  loaders.set(code, ofRunner);
  const key = `${limits?.timeoutMs ?? ''}:${limits?.memoryMiB ?? ''}:${source}`;
  const found =
    ofRunner.get(key) ??
    new DataLoader((inputs: readonly unknown[]) => code.run(source, inputs, limits), { cache: false });
  ofRunner.set(key, found);
  return found;
}

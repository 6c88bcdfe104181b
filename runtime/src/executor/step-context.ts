import type { Condition, PropertyFilter } from '@sluice/shared/condition';
import type { GraphNode } from '@sluice/shared/graph';
import type {
  CodeLimits,
  CodeResult,
  EventFacts,
  Outcome,
  ProfileFacts,
  PropertyValue,
  Signal,
  StepContext,
  Verdict,
} from '@sluice/shared/node-contract';
import { zoneOfProfile } from '@sluice/shared/time';
import type { RunRecord } from './run-record.ts';

/** One visit of a node, as a watcher sees it. */
export interface Visit {
  run: RunRecord;
  node: string;
  seq: number;
  /** Why a step that waited goes on; absent where the node is entered. */
  cause?: Signal;
}

/** Sees a visit, what it reads and what it decides, and lets it take place: `take` must be called exactly once. */
export type VisitWatch = (
  visit: Visit,
  context: StepContext<unknown>,
  take: (context: StepContext<unknown>) => Outcome | Promise<Outcome>,
) => Outcome | Promise<Outcome>;

/** Everything a run may learn from outside, for one batch. */
export interface World {
  /** Unix milliseconds; one instant for the whole batch. */
  now: number;
  timeZone: string;
  bucket(flowId: string, nodeId: string, profileId: string, salt: string): number;
  matches(condition: Condition, profile: ProfileFacts, run: RunRecord): Promise<Verdict>;
  pastEvent(
    profileId: string,
    name: string,
    where: readonly PropertyFilter[],
    since: number,
    same?: PropertyValue,
  ): Promise<EventFacts | undefined>;
  passGate(flowId: string, nodeId: string, perMinute: number): Promise<boolean>;
  reserveSlot(flowId: string, nodeId: string, perMinute: number): Promise<number>;
  decision(flowId: string, version: number, nodeId: string): Promise<string | undefined>;
  runCode(source: string, input: unknown, limits?: CodeLimits): Promise<CodeResult>;
  /** Whoever asks does not wait for code: a run that comes to some rests in front of it, due in its lane (CODE-8). */
  putsOffCode?: boolean;
  /** Absent where nobody watches. */
  watch?: VisitWatch;
}

/** What the handler of a node may see of a run that stands there. */
export function createStepContext(
  run: RunRecord,
  node: GraphNode,
  profile: ProfileFacts,
  memory: StepContext<unknown>['memory'],
  world: World,
): StepContext<unknown> {
  const { flowId, profileId } = run;
  const { attributes } = profile;
  // Built at one go: what is spread into a literal costs a visit more than all the rest of it.
  const context: StepContext<unknown> = {
    now: world.now,
    timeZone: world.timeZone,
    profileTimeZone: zoneOfProfile(attributes, world.timeZone),
    params: node.params,
    nodeId: node.id,
    profile,
    run: { id: run._id, flowId, version: run.version, enteredAt: run.enteredAt.getTime(), variants: run.variants },
    memory,
    visits: countVisits(run, node.id),
    attribute: (name) => (Object.hasOwn(attributes, name) ? attributes[name] : undefined),
    matches: (condition) => world.matches(condition, profile, run),
    bucket: (salt) => world.bucket(flowId, node.id, profileId, salt),
    pastEvent: (name, where, since, same) => world.pastEvent(profileId, name, where, since, same),
    passGate: (perMinute) => world.passGate(flowId, node.id, perMinute),
    reserveSlot: (perMinute) => world.reserveSlot(flowId, node.id, perMinute),
    decision: () => world.decision(flowId, run.version, node.id),
    runCode: (source, input, limits) => world.runCode(source, input, limits),
  };
  if (run.event) {
    context.event = run.event;
    context.firstEvent = run.firstEvent ?? run.event;
  }
  return context;
}

function countVisits({ path }: RunRecord, node: string): number {
  let count = 0;
  for (const step of path) if (step.node === node) count += 1;
  return count;
}

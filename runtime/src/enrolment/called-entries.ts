import { AppError } from '@sluice/shared/errors';
import type { EntryResult, FlowCall } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { ProfileSource } from '../executor/executor.ts';
import type { Ingest } from '../ingest/ingest.ts';
import { profileIdOf } from '../profiles/profile-record.ts';
import type { Admission, Admissions, Candidate } from './admission.ts';
import type { LiveTrigger, LiveTriggers } from './live-triggers.ts';

/** The name of the event that a called run has in hand. */
export const FLOW_CALLED = 'Flow Called';
const MAX_DATA_BYTES = 32 * 1024;

export interface CallDeps {
  triggers: LiveTriggers;
  admissions: Admissions;
  profiles: ProfileSource;
  ingest: Pick<Ingest, 'accept'>;
  clock: Clock;
}

/** Starts a flow for people that another system names (ENT-9). Profiles that are new are made, as ingest makes them. */
export async function enterByCall(
  deps: CallDeps,
  flowId: string,
  trigger: string | undefined,
  calls: readonly FlowCall[],
): Promise<EntryResult[]> {
  const live = await findTrigger(deps.triggers, flowId, trigger, ({ plan }) => plan.start.kind === 'call');
  const at = deps.clock.now();
  for (const { data } of calls)
    if (data && Buffer.byteLength(JSON.stringify(data)) > MAX_DATA_BYTES) refuse('data is larger than 32 KB');
  const identities = calls.map(readIdentity);
  await deps.ingest.accept(identities.map(({ id: _id, ...identity }) => ({ ...identity, type: 'identify' })));
  const profiles = await deps.profiles.facts(identities.map(({ id }) => id));
  const candidates = calls.map(({ key, data = {}, messageId }, index): Candidate => {
    const profile = profiles.get((identities[index] as { id: string }).id);
    if (!profile) throw new Error('A profile is not there although it was just made');
    const id = `call:${messageId ?? ulid(at)}`;
    return {
      profile,
      occasion: { id, at, ...(key !== undefined && { key }) },
      event: { id, name: FLOW_CALLED, properties: data, at },
    };
  });
  return (await admit(deps, live, candidates)).map(toResult);
}

/** Starts a flow for profiles that a person has chosen; the same request starts each of them once. */
export async function enterByHand(
  deps: CallDeps,
  live: LiveTrigger,
  profileIds: readonly string[],
  requestId: string,
): Promise<EntryResult[]> {
  const at = deps.clock.now();
  const occasion = { id: `hand:${requestId}`, at, key: requestId };
  const profiles = await deps.profiles.facts(profileIds);
  const missing = profileIds.find((id) => !profiles.has(id));
  if (missing !== undefined)
    throw new AppError('not-found', `There is no profile ${missing}`, { details: { what: 'profile', id: missing } });
  const candidates = [...profiles.values()].map((profile) => ({ profile, occasion }));
  return (await admit(deps, live, candidates)).map(toResult);
}

/** A trigger of the live version; throws `flow-not-live` or `not-found`. */
export async function findTrigger(
  triggers: LiveTriggers,
  flowId: string,
  node: string | undefined,
  isMeant: (trigger: LiveTrigger) => boolean = () => true,
): Promise<LiveTrigger> {
  const ofFlow = (await triggers.current()).ofFlow(flowId);
  if (ofFlow.length === 0)
    throw new AppError('flow-not-live', `No live version of the flow ${flowId} takes anybody in`);
  const found = ofFlow.find((trigger) => isMeant(trigger) && (node === undefined || trigger.node === node));
  if (found) return found;
  throw new AppError('not-found', 'The live version of this flow has no such trigger', {
    details: { what: 'trigger', id: node ?? '' },
  });
}

function admit({ admissions }: CallDeps, { program, node, plan }: LiveTrigger, candidates: readonly Candidate[]) {
  return admissions.admit({ program, trigger: node, plan }, candidates);
}

function toResult(admission: Admission): EntryResult {
  if ('refusal' in admission) return { runId: null, isStarted: false, refusal: admission.refusal };
  return { ...admission, refusal: null };
}

function readIdentity({ userId, anonymousId }: FlowCall): { id: string; userId?: string; anonymousId?: string } {
  if (userId !== undefined) {
    const known = { userId: String(userId) };
    return { id: profileIdOf(known), ...known, ...(anonymousId !== undefined && { anonymousId }) };
  }
  if (anonymousId === undefined) return refuse('userId or anonymousId is missing: whom is the call about?');
  return { id: profileIdOf({ anonymousId }), anonymousId };
}

function refuse(problem: string): never {
  throw new AppError('request-invalid', problem, { details: { problem } });
}

import type { Condition } from '../condition/ast.ts';
import type { Attributes, AttributeValue } from '../model/attribute.ts';
import type { CallAnswer } from '../node-contract/call-content.ts';
import type { StepContext } from '../node-contract/handler.ts';
import type { EventFacts, Signal } from '../node-contract/signal.ts';
import { attributeNames, type Capabilities } from './capabilities.ts';
import type { TemplateManifest } from './template-manifest.ts';

/**
 * All that the handler of a template gets to see. It is plain data: what must be read is declared in the manifest, is read
 * for a whole batch of runs at once, and is there before the handler begins.
 */
export interface TemplateStep {
  /** Unix milliseconds; also what the clock of the sandbox shows. */
  now: number;
  /** IANA zone of the profile where it has one, else the workspace's. */
  timeZone: string;
  params: Readonly<Record<string, unknown>>;
  /** `attributes` holds those that were granted and that the profile has; `userId` only where that was granted. */
  profile: { id: string; userId?: string; attributes: Attributes };
  /** The event that started the run or that it last waited for; null where there is none or it was not granted. */
  event: EventFacts | null;
  run: { id: string; enteredAt: number };
  /** What this visit's last wait asked to keep. */
  memory: Attributes;
  /** How often this run has come to this node, this visit included. */
  visits: number;
  /** A number in [0, 1) that is the same for this flow, node and profile for ever. */
  chance: number;
  /** Whether the person fulfils each condition among the params. */
  matches: Readonly<Record<string, boolean>>;
  /** The latest event of each name of `readHistory`, null where there is none. */
  history: Readonly<Record<string, EventFacts | null>>;
}

/** Why a step that waited goes on. */
export type TemplateSignal =
  | { kind: 'timer' }
  | { kind: 'event'; event: EventFacts }
  /** What became of a call: the status and the body of an answer, or the code of a failure. */
  | { kind: 'answer'; isOk: boolean; status?: number; body?: string; code?: string };

/** Reads what the manifest declares and the grant allows, and nothing else. */
export async function readStep(
  template: TemplateManifest,
  grant: Capabilities,
  context: StepContext<Record<string, unknown>>,
): Promise<TemplateStep> {
  const { params, profile, run, now } = context;
  const granted = attributeNames(grant.readAttributes, params).flatMap((name): [string, AttributeValue][] => {
    const value = context.attribute(name);
    return value === undefined ? [] : [[name, value]];
  });
  const conditions = Object.entries(template.params.properties).filter(([, { means }]) => means === 'condition');
  const [matches, history] = await Promise.all([
    readAll(conditions, async ([name]) => {
      const condition = params[name];
      return [name, condition !== undefined && (await context.matches(condition as Condition)).isMatch];
    }),
    readAll(grant.readHistory ?? [], async (name) => [name, (await context.pastEvent(name, ANY, 0)) ?? null]),
  ]);
  return {
    now,
    timeZone: context.profileTimeZone,
    params,
    profile: {
      id: profile.id,
      ...(grant.readUserId && profile.userId !== undefined && { userId: profile.userId }),
      attributes: Object.fromEntries(granted),
    },
    event: (grant.readEvent && context.event) || null,
    run: { id: run.id, enteredAt: run.enteredAt },
    memory: context.memory,
    visits: context.visits,
    chance: context.bucket(template.name),
    matches,
    history,
  };
}

/** One object for all runs, by which their questions are recognised as the same. */
const ANY: readonly never[] = [];

async function readAll<K, V>(
  keys: readonly K[],
  read: (key: K) => Promise<[string, V]>,
): Promise<Readonly<Record<string, V>>> {
  return Object.fromEntries(await Promise.all(keys.map(read)));
}

export function readSignal(signal: Signal): TemplateSignal {
  if (signal.kind === 'timer') return { kind: 'timer' };
  if (signal.kind === 'event') return { kind: 'event', event: signal.event };
  const { isOk, code, value } = signal.result;
  const { status, body } = (value ?? {}) as CallAnswer;
  return {
    kind: 'answer',
    isOk,
    ...(status !== undefined && { status }),
    ...(body !== undefined && { body }),
    ...(code !== undefined && { code }),
  };
}

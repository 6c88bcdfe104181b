import { isDeepStrictEqual } from 'node:util';
import { type Condition, eventNamesOf } from '@sluice/shared/condition';
import type { Graph } from '@sluice/shared/graph';
import type { DryCall, Happening, Persona, Scenario } from '@sluice/shared/http-api';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@sluice/shared/time';
import { readyFlows } from '@sluice/templates/flows';
import { manifests } from '@sluice/templates/manifests';
import fc from 'fast-check';
import { createCodeRunner } from '../code/code-runner.ts';
import { startReceiver } from '../outbound/receiver.fake.ts';
import { instantiateReadyFlow } from '../flows/instantiate-ready-flow.fixture.ts';
import { openTestDatabase } from '../../test/open-test-database.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { EVENT_NAMES, KEY_PROPERTY } from '../executor/graph.arbitrary.ts';
import type { RunRecord } from '../executor/run-record.ts';
import { playScenario } from './dry-run.ts';
import { LIVE_COLLECTIONS, playLive } from './live-side.fixture.ts';
import { toState } from './read-subject.ts';
import { createContext, scenarioOf } from './sandbox.fixture.ts';
import { CLUB, mocksOf, type Reply, servicesAt, settleGraph } from './agreement-graphs.fixture.ts';
export { anyReply, CLUB, innerGraph, pathOf, reachingGraph } from './agreement-graphs.fixture.ts';
export { soundGraph } from '../executor/play.fixture.ts';

const BY_THE_CLOCK: readonly unknown[] = ['publish', 'at', 'recurring', 'date'];

/**
 * The ready-made flows that both sides can play: they begin without an event of somebody else, and ask nobody outside, where
 * no receiver could give both sides its answers.
 */
export const playableFlows = readyFlows.filter(({ graph }) =>
  graph['en-US'].nodes.every(({ kind, params }) => {
    const { call, trigger } = manifests.get(kind) ?? {};
    return call === undefined && (trigger === undefined || BY_THE_CLOCK.includes(trigger(params).start.kind));
  }),
);

/** Every ready-made flow as somebody makes it who changes nothing: by events too, and with services and addresses to call. */
export const everyReadyFlow = readyFlows.map((flow) => ({ id: flow.id, graph: instantiateReadyFlow(flow, 'en-US') }));

/** What a flow may look at, so that personas and happenings are about something. */
export interface Vocabulary {
  events: readonly string[];
  attributes: Readonly<Record<string, readonly (string | number)[]>>;
  property: string;
  values: readonly (string | number)[];
  /** Manual audiences that people are in, enter and leave. */
  audiences?: readonly string[];
}

/** Words of the random graphs. */
export const RANDOM_WORDS: Vocabulary = {
  events: EVENT_NAMES,
  attributes: { level: [0, 1, 2, 3], email: ['a@example.com'] },
  property: KEY_PROPERTY,
  values: ['o1', 'o2'],
};

/** What the conditions of a graph read, with values on both sides of what they compare with. */
export function wordsOf(graph: Graph): Vocabulary {
  const events = new Set<string>();
  const attributes: Record<string, (string | number)[]> = { email: ['a@example.com'] };
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const leaf = value as Condition;
    if (leaf.op === 'event') for (const name of eventNamesOf(leaf)) events.add(name);
    if (leaf.op === 'attribute') {
      const compared = [leaf.is.value].flat() as readonly unknown[];
      const around = compared.flatMap((one): (string | number)[] =>
        typeof one === 'number' ? [one - 1, one, one + 1] : typeof one === 'string' ? [one] : [],
      );
      attributes[leaf.name] = [...(attributes[leaf.name] ?? []), ...around, '2026-03-20T00:00:00.000Z'];
    }
    for (const inner of Object.values(value)) look(inner);
  };
  for (const { params } of graph.nodes) {
    look(params);
    const { attribute, event } = params;
    if (typeof attribute === 'string' && attribute !== '')
      attributes[attribute] ??= ['2026-03-05T09:00:00.000Z', '1990-03-09T00:00:00.000Z', 'Mens E-Mail', 'No E-Mail'];
    if (typeof event === 'string' && event !== '') events.add(event);
  }
  return { events: [...events, 'Page Viewed'], attributes, property: 'revenue', values: [10, 250] };
}

/** A scenario with a random persona and random signals. */
export function anyScenario(words: Vocabulary): fc.Arbitrary<Scenario & { persona: Persona }> {
  const event = fc.record({
    name: fc.constantFrom(...words.events),
    properties: fc.constantFrom(...words.values).map((value) => ({ [words.property]: value })),
  });
  const attributes = fc.record(
    Object.fromEntries(Object.entries(words.attributes).map(([name, values]) => [name, fc.constantFrom(...values)])),
    { requiredKeys: [] },
  );
  const afterMs = fc.oneof(
    fc.constantFrom(0, 1000, MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS, 3 * DAY_MS),
    fc.integer({ min: 1, max: 5 * DAY_MS }),
  );
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.tuple(event, afterMs).map(([one, at]): Happening => ({ kind: 'event', afterMs: at, ...one })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(attributes, afterMs)
        .map(([set, at]): Happening => ({ kind: 'attributes', afterMs: at, set: { ...set } as Persona['attributes'] })),
    },
    ...(words.audiences ?? []).map((audience) => ({
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom<('add' | 'remove')[]>('add', 'remove'), afterMs)
        .map(([change, at]): Happening => ({ kind: 'membership', afterMs: at, audience, change })),
    })),
  );
  return fc
    .record({
      attributes,
      events: fc.array(
        fc
          .tuple(event, fc.constantFrom(HOUR_MS, 20 * HOUR_MS, 10 * DAY_MS, 100 * DAY_MS))
          .map(([one, agoMs]) => ({ ...one, agoMs })),
        { maxLength: 4 },
      ),
      happenings: fc.array(happening, { maxLength: 6 }),
      audiences: fc.subarray([...(words.audiences ?? [])]),
      start: event,
      number: fc.nat(),
    })
    .map(({ attributes: own, events, happenings, audiences, start, number }) => {
      const persona: Persona = {
        id: `p${number}`,
        name: '',
        attributes: { ...own } as Persona['attributes'],
        audiences,
        events,
      };
      return { ...scenarioOf({ persona, happenings, days: 60, event: { properties: start.properties } }), persona };
    });
}

export interface Agreement {
  differences: string[];
  steps: number;
  effects: number;
  calls: number;
  /** Of all flows. */
  runs: number;
  entered: boolean;
}

/** What a comparison is about besides the flow: what the inner flow does, and how the receiver answers, by path. */
export interface Surroundings {
  inner?: Graph;
  replies?: Readonly<Record<string, Reply>>;
}

/** Plays scenarios dry and live, and says where the two differ. */
export async function openAgreement(): Promise<{
  compare(graph: Graph, scenario: Scenario & { persona: Persona }, around?: Surroundings): Promise<Agreement>;
  close(): Promise<void>;
}> {
  const { database, close } = await openTestDatabase(LIVE_COLLECTIONS);
  const receiver = await startReceiver();
  const code = createCodeRunner();
  const compiler = createEmailCompiler({ timeZone: 'UTC' });
  const known = servicesAt(receiver.url);
  const bare = await createContext({ services: known, manualAudiences: [CLUB] });
  const audiences = { ...bare.audiences, names: new Map([[CLUB, 'Club']]) };
  const services = { active: async () => new Map(known) };
  let count = 0;
  return {
    async close() {
      await code.stop();
      await receiver.close();
      await close();
    },
    async compare(drawnGraph, { persona: drawn, ...stage }, { inner, replies = {} } = {}) {
      count += 1;
      const innerId = `inner-${count}`;
      const graph = settleGraph(drawnGraph, receiver.url, innerId);
      const program = compileProgram(`flow-${count}`, 1, graph, KINDS);
      const settled = inner && settleGraph(inner, receiver.url, innerId);
      const others = new Map(settled ? [[innerId, compileProgram(innerId, 1, settled, KINDS)]] : []);
      const persona = { ...drawn, id: `${drawn.id}-${count}` };
      receiver.behave = ({ path }, _nth, response) => {
        const { status = 200, body = '{}' } = replies[path.slice(1)] ?? {};
        response.writeHead(status).end(body);
      };
      // Nodes of the inner flow call, too, and have names of their own kind of place.
      const mocks = [graph, ...(settled ? [settled] : [])].flatMap((one) => mocksOf(one, replies));
      const context = {
        ...bare,
        audiences,
        parts: { ...bare.parts, code, liveProgram: async (flowId: string) => others.get(flowId) },
      };
      const played = { ...stage, mocks };
      const { engine } = await playScenario(program, toState(persona, Date.parse(stage.startAt)), played, context);
      const live = await playLive(database, { compiler, others, services, code, audiences }, program, persona, stage);
      const dry = engine.runs();
      const differences: string[] = [];
      const compareAs = (what: string, ofDry: unknown, ofLive: unknown) => {
        if (!isDeepStrictEqual(ofDry, ofLive))
          differences.push(`${what}: dry ${JSON.stringify(ofDry)}, live ${JSON.stringify(ofLive)}`);
      };
      compareAs('runs', dry.map(wayOf).sort(byText), live.runs.map(wayOf).sort(byText));
      const dryEffects = [...engine.performed.values()].map(({ id, effect }) => ({ id, effect }));
      compareAs('effects', dryEffects.sort(byId), live.effects.sort(byId));
      const dryMessages = [...engine.messages].map(([id, { status, to, subject }]) => ({ id, status, to, subject }));
      compareAs('messages', dryMessages.sort(byId), live.messages.sort(byId));
      compareAs('attributes', engine.world.facts().attributes, live.attributes);
      compareAs('audiences', engine.world.memberOf(), live.audiences);
      compareAs('calls', [...engine.calls].map(toMadeCall).sort(byId), live.calls.sort(byId));
      return {
        differences,
        steps: dry.reduce((sum, { path }) => sum + path.length, 0),
        effects: dryEffects.length,
        calls: engine.calls.size,
        runs: dry.length,
        entered: dry.length > 0,
      };
    },
  };
}

function toMadeCall([id, { attempts, failure }]: [string, DryCall]) {
  return { id, attempts: attempts.length, failure: (attempts.at(-1)?.failure ?? failure)?.code ?? null };
}

/** The way of a run with its times, ports and reasons; of events only what they say, since their ids are the store's own. */
function wayOf({ _id, status, path, variants, endReason, endedAt, enteredAt, event, positions }: RunRecord) {
  return {
    _id,
    status,
    path,
    variants,
    endReason,
    enteredAt: enteredAt.getTime(),
    endedAt: endedAt?.getTime(),
    event: event && { name: event.name, at: event.at, properties: event.properties },
    standsAt: (positions ?? []).map(({ node, wakeAt }) => [node, wakeAt?.getTime()]),
  };
}

const byText = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1);
const byId = (a: { id: string }, b: { id: string }) => (a.id < b.id ? -1 : 1);

import type { Graph } from '@sluice/shared/graph';
import type { Persona, Scenario } from '@sluice/shared/http-api';
import { createBucket } from '@sluice/shared/node-contract';
import { DAY_MS } from '@sluice/shared/time';
import { KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { portsOf, type RunRecord } from '../executor/run-record.ts';
import { playScenario } from '../sandbox/dry-run.ts';
import { toState } from '../sandbox/read-subject.ts';
import { createContext } from '../sandbox/sandbox.fixture.ts';
import { createForecastEngine } from './forecast-engine.ts';
import type { Totals } from './counters.ts';
import type { ForecastOrder, Subject } from './forecast-message.ts';
import { listenedEvents } from './listened-events.ts';
import type { Responses } from './responses.ts';

export const START = Date.parse('2026-03-02T08:00:00.000Z');

/** A forecast of 30 days of a graph, in which nobody does anything by himself. */
export function orderOf(graph: Graph, change: Partial<ForecastOrder> = {}): ForecastOrder {
  return {
    flow: { flowId: 'flow', version: 1, graph },
    others: [],
    templates: [],
    dynamic: [],
    manualAudiences: [],
    timeZone: 'UTC',
    startAt: START,
    endAt: START + 30 * DAY_MS,
    seed: 1,
    listened: listenedEvents(graph, KINDS.manifests),
    samples: {},
    rates: [],
    withinMs: 14 * DAY_MS,
    replayMs: 35 * DAY_MS,
    arrivals: {},
    answers: [],
    services: {},
    deliveredShare: 1,
    winners: {},
    ...change,
  };
}

export function subjectOf(id: string, change: Partial<Subject> = {}): Subject {
  const attributes = { email: `${id}@example.test` };
  return { profile: { id, attributes }, events: [], audiences: [], ...change };
}

const bucket = await createBucket();

export async function forecast(
  order: ForecastOrder,
  subjects: readonly Subject[],
  responses?: Responses,
): Promise<Totals> {
  const code = {
    run: async (_: string, inputs: readonly unknown[]) => inputs.map(() => ({ isOk: true as const, value: {} })),
  };
  const engine = createForecastEngine(order, { kinds: KINDS, bucket, code, ...(responses && { responses }) });
  await engine.take(subjects);
  return engine.finish();
}

/** What a way through a flow comes to by node; the same for a dry run and for a forecast. */
export interface NodeFlow {
  entered: number;
  ended: number;
  left: Record<string, number>;
  standing: number;
  failed: number;
}

/** One person twice: in a dry run, and in a forecast in which the same happens. */
export async function bothWays(
  graph: Graph,
  { persona, happenings, ...stage }: Scenario & { persona: Persona },
): Promise<{ dry: Record<string, NodeFlow>; forecast: Record<string, NodeFlow>; messages: [number, number] }> {
  const startAt = Date.parse(stage.startAt);
  const events = happenings.flatMap((one) => (one.kind === 'event' ? [one] : []));
  const program = compileProgram('flow', 1, graph, KINDS);
  const state = toState(persona, startAt);
  const { engine } = await playScenario(program, state, { ...stage, happenings: events }, await createContext());
  const totals = await forecast(
    orderOf(graph, { startAt, endAt: startAt + stage.days * DAY_MS }),
    [
      {
        profile: state.profile,
        audiences: [...state.audiences],
        rows: [...(state.rows ?? [])],
        events: state.events.map(({ name, at, properties }) => ({ name, at: at.getTime(), properties })),
      },
    ],
    {
      onEntry: () => events.map(({ name, afterMs, properties }) => ({ key: name, name, afterMs, properties })),
      onMessage: () => [],
    },
  );
  const sent = [...engine.messages.values()].filter(({ status }) => status === 'sent').length;
  return { dry: countRuns(engine.runs()), forecast: countTotals(totals), messages: [sent, totals.sent] };
}

function countRuns(runs: readonly RunRecord[]): Record<string, NodeFlow> {
  const found: Record<string, NodeFlow> = {};
  const of = (node: string) => (found[node] ??= { entered: 0, ended: 0, left: {}, standing: 0, failed: 0 });
  for (const { path, positions = [] } of runs) {
    for (const step of path) {
      const counts = of(step.node);
      counts.entered += 1;
      const ports = portsOf(step);
      for (const port of ports) counts.left[port] = (counts.left[port] ?? 0) + 1;
      if (ports.length === 0 && step.leftAt !== undefined) counts.ended += 1;
    }
    for (const { node, isFailed } of positions) of(node)[isFailed ? 'failed' : 'standing'] += 1;
  }
  return found;
}

function countTotals({ nodes }: Totals): Record<string, NodeFlow> {
  return Object.fromEntries(
    Object.entries(nodes).flatMap(([node, { entered, ended, left, waiting, failed }]) =>
      entered === 0 ? [] : [[node, { entered, ended, left, standing: waiting, failed }]],
    ),
  );
}

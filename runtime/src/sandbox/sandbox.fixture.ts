import type { Graph } from '@sluice/shared/graph';
import type { Persona, Scenario, Trace, TraceVisit } from '@sluice/shared/http-api';
import { createBucket } from '@sluice/shared/node-contract';
import { HOUR_MS } from '@sluice/shared/time';
import { createRequestFiller } from '../calls/fill-request.ts';
import type { ActiveService } from '../calls/service-register.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import { KINDS } from '../executor/executor.fixture.ts';
import { compileProgram } from '../executor/flow-program.ts';
import { dryRun, type DryRunContext } from './dry-run.ts';
import { toState } from './read-subject.ts';

export const START_AT = '2026-03-02T08:00:00.000Z';
export const START = Date.parse(START_AT);

export const LIN: Persona = {
  id: 'lin',
  name: 'Lin',
  attributes: { email: 'lin@example.com', city: 'Hangzhou', history: 120 },
  audiences: [],
  events: [],
};

/** A scenario in which Lin enters at the start and nothing else happens. */
export function scenarioOf(change: Partial<Scenario> & { persona?: Partial<Persona> } = {}): Scenario {
  const { persona, ...rest } = change;
  return {
    subject: { kind: 'persona', persona: { ...LIN, ...persona } },
    startAt: START_AT,
    isForced: false,
    happenings: [],
    mocks: [],
    arms: {},
    days: 90,
    ...rest,
  };
}

/** What a dry run needs of the product, over no store at all. */
export async function createContext(
  options: {
    services?: ReadonlyMap<string, ActiveService>;
    manualAudiences?: readonly string[];
    others?: Readonly<Record<string, Graph>>;
  } = {},
): Promise<DryRunContext> {
  const { services = new Map(), manualAudiences = [], others = {} } = options;
  return {
    nameOf: (flowId) => flowId,
    audiences: {
      names: new Map(),
      fromFile: new Set<string>(),
      kinds: new Map(manualAudiences.map((id) => [id, 'manual'])),
      dynamic: new Map(),
      byAttribute: new Map(),
      byEvent: new Map(),
      byDataset: new Map(),
      byAudience: new Map(),
      forNewcomers: [],
    },
    parts: {
      timeZone: 'UTC',
      compiler: createEmailCompiler({ timeZone: 'UTC' }),
      code: { run: async (_source, inputs) => inputs.map(() => ({ isOk: true as const, value: {} })) },
      decisions: { winner: async () => undefined },
      bucket: await createBucket(),
      services: { active: async () => new Map(services) },
      filler: createRequestFiller('UTC'),
      realCalls: {
        make: async () => ({ kind: 'done', answer: { status: 200, ms: 1, text: 'real' }, value: { status: 200 } }),
      },
      liveProgram: async (flowId) => {
        const graph = others[flowId];
        return graph && compileProgram(flowId, 1, graph, KINDS);
      },
    },
  };
}

export async function play(graph: Graph, scenario: Scenario, context?: DryRunContext): Promise<Trace> {
  if (scenario.subject.kind !== 'persona') throw new Error('Only a persona can be played without a store');
  const state = toState(scenario.subject.persona, Date.parse(scenario.startAt));
  return dryRun(compileProgram('flow', 1, graph, KINDS), state, scenario, context ?? (await createContext()));
}

/** One line per visit and leaving: `+1h wait advance:next because delay:over`. */
export function linesOf(trace: Trace): string[] {
  return trace.entries.flatMap((entry) => {
    const after = `+${(entry.at - trace.startAt) / HOUR_MS}h`;
    if (entry.kind === 'visit')
      return [
        `${after} ${entry.node} ${[entry.outcome, ...entry.ports].join(':')} because ${entry.reason?.code ?? '-'}`,
      ];
    if (entry.kind === 'left') return [`${after} ${entry.node} left:${entry.ports.join(',')}`];
    if (entry.kind === 'refused') return [`${after} ${entry.trigger} refused ${entry.code}`];
    if (entry.kind === 'end') return [`${after} end because ${entry.reason?.code ?? '-'}`];
    return [`${after} ${entry.from} ${entry.happening.kind}`];
  });
}

export function visitsOf(trace: Trace, node: string): TraceVisit[] {
  return trace.entries.filter((entry): entry is TraceVisit => entry.kind === 'visit' && entry.node === node);
}

import type { Graph } from '@sluice/shared/graph';
import type { ForecastBasis } from '@sluice/shared/http-api';
import type { EffectOf, TriggerPlan } from '@sluice/shared/node-contract';
import { readTemplateKind } from '@sluice/shared/node-template';
import { DAY_MS } from '@sluice/shared/time';
import type { AudienceIndex } from '../audiences/audience-index.ts';
import type { ServiceRegister } from '../calls/service-register.ts';
import { compileProgram, type FlowProgram, type NodeKinds } from '../executor/flow-program.ts';
import type { Decisions } from '../executor/world.ts';
import { MAX_CHAIN_DEPTH } from '../executor/chain-depth.ts';
import { nodeTemplates, type TemplateRecord } from '../node-templates/template-record.ts';
import { profiles } from '../profiles/profile-record.ts';
import type { Database } from '../stores/database.ts';
import { flowReads } from './flow-reads.ts';
import type { ForecastOrder, SentFlow } from './forecast-message.ts';
import type { ForecastRecord } from './forecast-record.ts';
import { listenedEvents } from './listened-events.ts';
import { readBasis, replaySpan, responseSpan } from './read-basis.ts';
import { filterOfSubjects, type SubjectQuery } from './read-subjects.ts';

export interface PrepareDeps {
  /** Reads published kinds that this process does not know yet. */
  ensure(graph: Graph): Promise<void>;
  database: Database;
  kinds: NodeKinds;
  timeZone: string;
  index: AudienceIndex;
  services: Pick<ServiceRegister, 'active'>;
  decisions: Decisions;
  liveProgram(flowId: string): Promise<FlowProgram | undefined>;
}

export interface Prepared {
  order: ForecastOrder;
  query: SubjectQuery;
  basis: ForecastBasis;
  /** People who may enter, as far as the store can tell; for the progress. */
  total: number;
}

const MOST_COUNT_MS = 5000;

/** What history says about a graph, with what its triggers wait for. */
export function basisOf(
  deps: Pick<PrepareDeps, 'database' | 'kinds' | 'timeZone'>,
  { flowId, graph, days, now }: { flowId: string; graph: Graph; days: number; now: number },
) {
  const { database, kinds, timeZone } = deps;
  const program = compileProgram(flowId, 0, graph, kinds);
  const listened = listenedEvents(graph, kinds.manifests);
  const query = { flowId, graph, listened, plans: plansOf(program), now, days, timeZone, replayMs: replaySpan(days) };
  return readBasis(database, kinds.manifests, query);
}

/** Reads all that the people have in common: the graphs, the figures of the past and the given ones over them. */
export async function prepareForecast(deps: PrepareDeps, record: ForecastRecord): Promise<Prepared> {
  const { database, kinds, timeZone } = deps;
  const { flowId, graph, settings } = record;
  const startAt = record.startAt.getTime();
  const version = record.version ?? 0;
  await deps.ensure(graph);
  const program = compileProgram(flowId, version, graph, kinds);
  const listened = listenedEvents(graph, kinds.manifests);
  const plans = plansOf(program);
  const replayMs = replaySpan(settings.days);
  const [{ basis, rates, samples }, others, audiences] = await Promise.all([
    basisOf(deps, { flowId, graph, days: settings.days, now: startAt }),
    startedFlows(deps, { flowId, version, graph }),
    deps.index.current(),
  ]);
  const reads = flowReads([graph, ...others.map((other) => other.graph)], kinds.manifests, audiences.dynamic);
  const query: SubjectQuery = {
    flowId,
    startAt,
    replayMs,
    timeZone,
    reads,
    plans: plans.map(({ plan }) => plan),
  };
  const total = await countSubjects(database, query, settings.arrivals.length > 0);
  const given = <T extends { key: string; node: string | null }>(rate: T) =>
    settings.rates.find(({ key, node }) => key === rate.key && node === rate.node);
  return {
    query,
    total,
    basis: {
      ...basis,
      rates: basis.rates.map((rate) => {
        const own = given(rate);
        return own ? { ...own, source: { kind: 'given', count: 0 } } : rate;
      }),
      arrivals: basis.arrivals.map((one) => {
        const own = settings.arrivals.find(({ trigger }) => trigger === one.trigger);
        return own ? { ...own, source: { kind: 'given', count: 0 } } : one;
      }),
    },
    order: {
      flow: { flowId, version, graph },
      others,
      templates: await templatesOf(database, [graph, ...others.map((other) => other.graph)]),
      dynamic: reads.dynamic,
      manualAudiences: [...audiences.kinds].flatMap(([id, kind]) => (kind === 'manual' ? [id] : [])),
      timeZone,
      startAt,
      endAt: startAt + settings.days * DAY_MS,
      seed: settings.seed,
      listened,
      samples,
      rates: rates.map((rate) => given(rate) ?? rate),
      withinMs: responseSpan(settings.days),
      replayMs,
      arrivals: Object.fromEntries(
        settings.arrivals.map(({ trigger, perDay }) => [trigger, total === 0 ? 0 : perDay / total]),
      ),
      answers: settings.answers,
      services: await contractsOf(deps, program),
      deliveredShare:
        settings.channels.find(({ channel }) => channel === 'email')?.deliveredShare ??
        basis.channels[0]?.deliveredShare ??
        1,
      winners: await winnersOf(deps, program),
    },
  };
}

function plansOf(program: FlowProgram): { node: string; plan: TriggerPlan }[] {
  return program.triggers.flatMap(({ id: node, isDisabled }) => {
    const plan = isDisabled ? undefined : program.planOf(node);
    return plan ? [{ node, plan }] : [];
  });
}

/** The flows that a graph starts, as they are live now, and those that these start. */
async function startedFlows({ liveProgram }: PrepareDeps, own: SentFlow): Promise<SentFlow[]> {
  const found = new Map<string, SentFlow>([[own.flowId, own]]);
  let newest: SentFlow[] = [own];
  for (let depth = 0; depth < MAX_CHAIN_DEPTH && newest.length > 0; depth += 1) {
    const next: SentFlow[] = [];
    for (const id of new Set(newest.flatMap(({ graph }) => flowsNamedIn(graph)))) {
      const program = found.has(id) ? undefined : await liveProgram(id);
      if (!program) continue;
      const flow = { flowId: id, version: program.version, graph: program.graph };
      found.set(id, flow);
      next.push(flow);
    }
    newest = next;
  }
  return [...found.values()].filter((flow) => flow !== own);
}

async function templatesOf(database: Database, graphs: readonly Graph[]): Promise<TemplateRecord[]> {
  const kinds = new Set(graphs.flatMap(({ nodes }) => nodes.map(({ kind }) => kind)));
  const published = [...kinds].filter((kind) => readTemplateKind(kind) !== undefined);
  if (published.length === 0) return [];
  return database
    .collection(nodeTemplates)
    .find({ _id: { $in: published } })
    .toArray();
}

/** The params in which kinds name the flow that they start. */
function flowsNamedIn({ nodes }: Graph): EffectOf<'start-run'>['flow'][] {
  return nodes.flatMap(({ params: { flow } }) => {
    const id = typeof flow === 'object' && flow !== null && 'id' in flow ? flow.id : undefined;
    return typeof id === 'string' && id !== '' ? [id] : [];
  });
}

async function contractsOf({ services }: PrepareDeps, program: FlowProgram): Promise<ForecastOrder['services']> {
  const asked = program.graph.nodes.flatMap(({ id: node }) => {
    const call = program.callOf(node);
    return call?.to === 'service' ? [{ node, service: call.service }] : [];
  });
  const active = await services.active(asked.map(({ service }) => service));
  return Object.fromEntries(
    asked.flatMap(({ node, service }) => {
      const definition = active.get(service)?.definition;
      return definition ? [[node, { fields: definition.fields, decides: definition.decides }]] : [];
    }),
  );
}

async function winnersOf({ decisions }: PrepareDeps, program: FlowProgram): Promise<Record<string, string>> {
  const decided: Record<string, string> = {};
  for (const { node, rule } of program.experiments) {
    const winner = rule && (await decisions.winner(program.flowId, program.version, node));
    if (winner !== undefined) decided[node] = winner;
  }
  return decided;
}

/**
 * Counting them would be a walk of its own through all of them, in which the store answers nobody else; it is made only where
 * people who come by themselves are shared out among them.
 */
async function countSubjects(database: Database, query: SubjectQuery, isExact: boolean): Promise<number> {
  const filter = filterOfSubjects(query);
  const stored = database.collection(profiles);
  if (filter === false) return 0;
  if (filter === true || !isExact) return stored.estimatedDocumentCount();
  try {
    return await stored.countDocuments(filter, { maxTimeMS: MOST_COUNT_MS });
  } catch {
    return stored.estimatedDocumentCount();
  }
}

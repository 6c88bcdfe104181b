import type { Graph } from '@sluice/shared/graph';
import { DEFAULT_MEASUREMENT } from '@sluice/shared/graph';
import type { Bucket } from '@sluice/shared/node-contract';
import { readTemplateKind } from '@sluice/shared/node-template';
import { HOUR_MS } from '@sluice/shared/time';
import type { AudienceMap } from '../audiences/audience-index.ts';
import type { Listener } from '../analytics/listened-events.ts';
import { compileProgram, type FlowProgram, type NodeKinds } from '../executor/flow-program.ts';
import type { CodeRunner } from '../executor/world.ts';
import { toKind } from '../node-templates/node-catalogue.ts';
import { createCounters, type Counters, type Totals } from './counters.ts';
import type { ForecastOrder, Subject } from './forecast-message.ts';
import { type PlannedTrigger, planTriggers } from './occasions.ts';
import { createPlaceBook, type PlaceBook } from './place-book.ts';
import { createResponses, type Responses } from './responses.ts';
import { walkSubject } from './walk-subject.ts';

/** What all subjects of one forecast share. */
export interface Stage {
  order: ForecastOrder;
  program: FlowProgram;
  triggers: readonly PlannedTrigger[];
  audiences: AudienceMap;
  places: PlaceBook;
  counters: Counters;
  responses: Responses;
  listener: Listener;
  bucket: Bucket;
  code: CodeRunner;
  /** Of the flow itself, or of one that it starts. */
  liveProgram(flowId: string): FlowProgram | undefined;
}

/**
 * Lets people go through a flow in virtual time, each to the end before the next where nothing else asks for it: memory is
 * bounded by what one batch holds. The order of subjects plays no part but for who has which shared place.
 */
export interface ForecastEngine {
  take(subjects: readonly Subject[]): Promise<void>;
  finish(): Totals;
}

/** So many go side by side where code of users is run, which is cheaper for many at once. */
const SIDE_BY_SIDE = 200;

export function createForecastEngine(
  order: ForecastOrder,
  given: { kinds: NodeKinds; bucket: Bucket; code: CodeRunner; responses?: Responses },
): ForecastEngine {
  const parts = { ...given, kinds: withTemplates(given.kinds, order) };
  const { flow, startAt, endAt } = order;
  const program = compileProgram(flow.flowId, flow.version, flow.graph, parts.kinds);
  const others = new Map(
    order.others.map(({ flowId, version, graph }) => [flowId, compileProgram(flowId, version, graph, parts.kinds)]),
  );
  const counters = createCounters(
    flow.graph.nodes.map(({ id }) => id),
    startOfHour(startAt),
    endAt,
  );
  const stage: Stage = {
    order,
    program,
    triggers: planTriggers(program, order),
    audiences: toAudienceMap(order),
    places: createPlaceBook(order),
    counters,
    responses: parts.responses ?? createResponses(order),
    listener: {
      flowId: flow.flowId,
      version: flow.version,
      measurement: flow.graph.measurement ?? DEFAULT_MEASUREMENT,
    },
    bucket: parts.bucket,
    code: parts.code,
    liveProgram: (flowId) => (flowId === flow.flowId ? program : others.get(flowId)),
  };
  const runsCode = [flow, ...order.others].some(({ graph }) => hasCode(graph, parts.kinds));

  return {
    async take(subjects) {
      counters.totals.profiles += subjects.length;
      const width = runsCode ? SIDE_BY_SIDE : 1;
      for (let from = 0; from < subjects.length; from += width)
        if (width === 1) await walkSubject(stage, subjects[from] as Subject);
        else await Promise.all(subjects.slice(from, from + width).map((subject) => walkSubject(stage, subject)));
    },
    finish: () => counters.totals,
  };
}

/** Hours are those of the clock, so that two forecasts of one day lie over each other. */
export function startOfHour(at: number): number {
  return Math.floor(at / HOUR_MS) * HOUR_MS;
}

/** Whether people meet on their way: in the line of a throttle, or at a cap on entries. */
export function sharesPlaces({ flow, others }: ForecastOrder, { manifests }: NodeKinds): boolean {
  const isLimited = (graph: Graph) =>
    graph.nodes.some(({ kind, params, isDisabled }) => {
      const manifest = isDisabled ? undefined : manifests.get(kind);
      return manifest?.holdsFor === 'rate' || manifest?.trigger?.(params).cap !== undefined;
    });
  return [flow, ...others].some(({ graph }) => isLimited(graph));
}

/** The built-in kinds, and the published ones that the flows name. */
function withTemplates({ manifests, handlers }: NodeKinds, { templates }: ForecastOrder): NodeKinds {
  const published = templates.map((record) => [record._id, toKind(record)] as const);
  return {
    manifests: new Map([...manifests, ...published.map(([kind, { manifest }]) => [kind, manifest] as const)]),
    handlers: new Map([...handlers, ...published.map(([kind, { handler }]) => [kind, handler] as const)]),
  };
}

function hasCode({ nodes }: Graph, { manifests }: NodeKinds): boolean {
  return nodes.some(({ kind }) => manifests.get(kind)?.code !== undefined || readTemplateKind(kind) !== undefined);
}

function toAudienceMap({ dynamic, manualAudiences }: ForecastOrder): AudienceMap {
  return {
    names: new Map(),
    fromFile: new Set<string>(),
    kinds: new Map(manualAudiences.map((id) => [id, 'manual'] as const)),
    dynamic: new Map(dynamic.map((one) => [one.id, one])),
    byAttribute: new Map(),
    byEvent: new Map(),
    byAudience: new Map(),
    byDataset: new Map(),
    forNewcomers: [],
  };
}

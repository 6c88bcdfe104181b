import type { Comparison, Condition, PropertyFilter } from '@sluice/shared/condition';
import type { MockReply, ServiceDefinition, Trace, TraceVisit } from '@sluice/shared/http-api';
import type { Attributes, AttributeValue } from '@sluice/shared/model';
import { DAY_MS, MINUTE_MS } from '@sluice/shared/time';
import type { FlowProgram } from '../executor/flow-program.ts';
import type { DryRunContext } from './dry-run.ts';
import {
  type Asked,
  type PersonaScenario,
  propertiesFor,
  solveCondition,
  valueFor,
  withAttribute,
} from './solve-condition.ts';
import type { Way } from './suggest-persona.ts';

const MOST_VALUES = 20;

/**
 * Scenarios that may leave a node by the wanted port, made from what its visit read, asked for or did; it knows no kinds.
 * Empty where nothing can be changed. Pure but for reading services.
 */
export async function waysOn(
  program: FlowProgram,
  scenario: PersonaScenario,
  trace: Trace,
  { node, port }: Way,
  context: DryRunContext,
): Promise<PersonaScenario[]> {
  const startAt = Date.parse(scenario.startAt);
  const { timeZone } = context.parts;
  const visits = trace.entries.filter((entry): entry is TraceVisit => entry.kind === 'visit' && entry.node === node);
  const last = visits.at(-1);
  const asked: Asked = { now: last?.at ?? startAt, timeZone, startAt };
  if (!last) return waysIn(program, scenario, node, asked);
  const params = program.node(node)?.params ?? {};
  return [
    ...dealt(program, scenario, node, port),
    ...judged(conditionsIn(params), scenario, asked),
    ...happened(patternsIn(params), scenario, visits, asked),
    ...(await answered(program, scenario, node, visits, params, context, asked)),
    ...held(scenario, visits, params, asked),
  ];
}

/** What lets the subject in where its trigger turned it away. */
function waysIn(program: FlowProgram, scenario: PersonaScenario, trigger: string, asked: Asked): PersonaScenario[] {
  const plan = program.planOf(trigger);
  if (!plan) return [];
  const { start, audience } = plan;
  const properties = start.kind === 'event' ? propertiesFor(start.where, asked) : undefined;
  if (start.kind === 'event' && !properties) return [];
  const begun: PersonaScenario =
    start.kind === 'event'
      ? {
          ...scenario,
          event: {
            name: start.event,
            properties: {
              ...(start.key !== undefined && { [start.key]: '1' }),
              ...scenario.event?.properties,
              ...properties,
            },
          },
        }
      : scenario;
  const solved = solveCondition(audience, true, begun, asked);
  return solved ? [solved] : [];
}

function dealt(program: FlowProgram, scenario: PersonaScenario, node: string, port: string): PersonaScenario[] {
  const split = program.experiments.find((one) => one.node === node);
  const index = split?.variants.findIndex(({ key }) => key === port) ?? -1;
  return (split?.weights[index] ?? 0) > 0 ? [{ ...scenario, arms: { ...scenario.arms, [node]: port } }] : [];
}

/** One condition holds and those before it do not, for each; and none of them. */
function judged(conditions: readonly Condition[], scenario: PersonaScenario, asked: Asked): PersonaScenario[] {
  const wishes = [...conditions.keys(), conditions.length].map((chosen) =>
    conditions.slice(0, chosen + 1).map((condition, index) => ({ condition, wanted: index === chosen })),
  );
  if (conditions.length === 0) return [];
  return wishes.flatMap((wish) => {
    let solved: PersonaScenario | undefined = scenario;
    for (const { condition, wanted } of wish) solved = solved && solveCondition(condition, wanted, solved, asked);
    return solved ? [solved] : [];
  });
}

interface Pattern {
  event: string;
  where?: PropertyFilter[];
  same?: { property: string; of: string };
}

/** Each event that is waited for happens a minute into the wait; or all of them; or none. */
function happened(
  patterns: readonly Pattern[],
  scenario: PersonaScenario,
  visits: readonly TraceVisit[],
  asked: Asked,
): PersonaScenario[] {
  const wait = visits.find(({ outcome }) => outcome === 'wait');
  if (patterns.length === 0 || !wait) return [];
  const names = new Set(patterns.map(({ event }) => event));
  const none = {
    ...scenario,
    happenings: scenario.happenings.filter((one) => one.kind !== 'event' || !names.has(one.name)),
  };
  const afterMs = wait.at - asked.startAt + MINUTE_MS;
  const events = patterns.flatMap(({ event: name, where, same }) => {
    const properties = propertiesFor(where, asked);
    if (!properties) return [];
    const own = same && scenario.event?.properties[same.of];
    return [
      {
        kind: 'event' as const,
        afterMs,
        name,
        properties: { ...properties, ...(same && own !== undefined && { [same.property]: own }) },
      },
    ];
  });
  const each = events.map((event) => ({ ...none, happenings: [...none.happenings, event] }));
  return [...each, ...(events.length > 1 ? [{ ...none, happenings: [...none.happenings, ...events] }] : []), none];
}

/** Those who are called answer, in each way that the node tells apart, fail, or stay silent. */
async function answered(
  program: FlowProgram,
  scenario: PersonaScenario,
  node: string,
  visits: readonly TraceVisit[],
  params: Record<string, unknown>,
  { parts }: DryRunContext,
  asked: Asked,
): Promise<PersonaScenario[]> {
  const call = program.callOf(node);
  if (!call || !visits.some(({ effects }) => effects.some((effect) => effect.call))) return [];
  const service =
    call.to === 'service' ? (await parts.services.active([call.service])).get(call.service)?.definition : undefined;
  const bodies = service ? bodiesOf(service, comparisonsIn(params), asked) : ['{}'];
  const replies: MockReply[] = [
    ...bodies.map((body): MockReply => ({ kind: 'answer', status: 200, body, latencyMs: 0 })),
    { kind: 'failure', code: 'unreachable' },
    { kind: 'silence' },
  ];
  const others = scenario.mocks.filter((mock) => mock.node !== node);
  return replies.map((reply) => ({ ...scenario, mocks: [...others, { node, isReal: false, rules: [{ reply }] }] }));
}

/** Answers that keep the contract: for each comparison one that meets it and none before, and one that meets none. */
function bodiesOf(
  service: ServiceDefinition,
  cases: readonly { field?: string; is: Comparison }[],
  asked: Asked,
): string[] {
  const examples: Record<string, AttributeValue> = {
    string: 'x',
    number: 0,
    boolean: true,
    date: '2026-01-01T00:00:00.000Z',
    list: [],
  };
  const wishes = [...cases.keys(), cases.length];
  return wishes.flatMap((chosen) => {
    const values: Attributes = Object.fromEntries(
      service.fields.map(({ name, type }) => [name, examples[type] ?? 'x']),
    );
    for (const [index, { field = service.decides, is }] of cases.slice(0, chosen + 1).entries()) {
      const value = valueFor(is, index === chosen, asked);
      if (value?.is === undefined) return [];
      values[field] = value.is;
    }
    const body: Record<string, unknown> = {};
    for (const { name, path } of service.fields) putAt(body, path.split('.'), values[name]);
    return [JSON.stringify(body)];
  });
}

function putAt(body: Record<string, unknown>, [key = '', ...rest]: string[], value: unknown): void {
  if (rest.length === 0) body[key] = value;
  else putAt((body[key] ??= {}) as Record<string, unknown>, rest, value);
}

/** Attributes that the visit looked at take the values that the node names, dates around now, or none. */
function held(
  scenario: PersonaScenario,
  visits: readonly TraceVisit[],
  params: Record<string, unknown>,
  { now }: Asked,
): PersonaScenario[] {
  const names = new Set(
    visits.flatMap(({ reads }) => reads.flatMap((read) => (read.kind === 'attribute' ? [read.name] : []))),
  );
  const dates = [-2 * DAY_MS, 2 * DAY_MS].map((by) => new Date(now + by).toISOString());
  const values = [...textsIn(params).slice(0, MOST_VALUES), ...dates, undefined];
  return [...names].flatMap((name) => values.map((value) => withAttribute(scenario, name, value)));
}

function conditionsIn(value: unknown): Condition[] {
  return find(value, (one) => typeof one['op'] === 'string');
}

function comparisonsIn(value: unknown): { field?: string; is: Comparison }[] {
  return find(value, (one) => hasOperator(one['is']));
}

function hasOperator(is: unknown): boolean {
  return typeof is === 'object' && is !== null && 'operator' in is;
}

function patternsIn(value: unknown): Pattern[] {
  return find(value, (one) => typeof one['event'] === 'string' && one['event'] !== '');
}

/** The outermost objects that are of a form, in the order of the params. */
function find<T extends object>(value: unknown, isIt: (one: Record<string, unknown>) => boolean): T[] {
  if (typeof value !== 'object' || value === null) return [];
  if (!Array.isArray(value) && isIt(value as Record<string, unknown>)) return [value as T];
  return Object.values(value).flatMap((inner) => find<T>(inner, isIt));
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

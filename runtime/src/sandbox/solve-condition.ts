import {
  type Comparison,
  compileComparison,
  type Condition,
  datasetNeedOf,
  type EvaluationInstant,
  measureRows,
  type PropertyFilter,
  spanOfWindow,
} from '@sluice/shared/condition';
import type { Persona, Scenario } from '@sluice/shared/http-api';
import type { Attributes, AttributeValue } from '@sluice/shared/model';
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '@sluice/shared/time';

/** A scenario whose subject is made up, and can be made another. */
export interface PersonaScenario extends Omit<Scenario, 'subject'> {
  subject: { kind: 'persona'; persona: Persona };
}

/** When the condition is asked, on the virtual clock. */
export interface Asked extends EvaluationInstant {
  startAt: number;
}

type Leaf<Op extends Condition['op']> = Extract<Condition, { op: Op }>;

/** More events than this are not made up to reach a number. */
const MOST_EVENTS = 50;
const LONG_AGO_MS = 400 * DAY_MS;

/**
 * Changes a scenario so that a condition comes out as wanted; undefined where no value could be found. What it changes may
 * undo what another condition needs: whoever asks runs the scenario and sees. Pure.
 */
export function solveCondition(
  condition: Condition,
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  switch (condition.op) {
    case 'not':
      return solveCondition(condition.of, !wanted, scenario, asked);
    case 'all':
    case 'any':
      return (condition.op === 'all') === wanted
        ? solveEach(condition.of, wanted, scenario, asked)
        : solveOne(condition.of, wanted, scenario, asked);
    case 'attribute': {
      const value = valueFor(condition.is, wanted, asked);
      return value && withAttribute(scenario, condition.name, value.is);
    }
    case 'event':
      return solveEvents(condition, wanted, scenario, asked);
    case 'dataset':
      return solveRows(condition, wanted, scenario, asked);
    case 'audience': {
      const { audiences } = scenario.subject.persona;
      const others = audiences.filter((id) => id !== condition.audience);
      const isIn = (condition.is === 'member') === wanted;
      return withPersona(scenario, { audiences: isIn ? [...others, condition.audience] : others });
    }
  }
}

/** A value that passes a comparison, or fails it; undefined where none of those that come to mind does. */
export function valueFor(
  is: Comparison,
  wanted: boolean,
  instant: EvaluationInstant,
): { is: AttributeValue | undefined } | undefined {
  const test = compileComparison(is, instant);
  const found = candidatesOf(is, instant).find((value) => test(value) === wanted);
  if (found !== undefined) return { is: found };
  return test(undefined) === wanted ? { is: undefined } : undefined;
}

/** Properties with which an event passes the filters; undefined where one cannot be met. */
export function propertiesFor(
  where: readonly PropertyFilter[] | undefined,
  instant: EvaluationInstant,
): Attributes | undefined {
  const properties: Attributes = {};
  for (const { property, is } of where ?? []) {
    const value = valueFor(is, true, instant);
    if (!value) return undefined;
    if (value.is !== undefined) properties[property] = value.is;
  }
  return properties;
}

export function withAttribute(
  scenario: PersonaScenario,
  name: string,
  value: AttributeValue | undefined,
): PersonaScenario {
  const { [name]: _old, ...others } = scenario.subject.persona.attributes;
  return withPersona(scenario, { attributes: value === undefined ? others : { ...others, [name]: value } });
}

function withPersona(scenario: PersonaScenario, change: Partial<Persona>): PersonaScenario {
  return { ...scenario, subject: { kind: 'persona', persona: { ...scenario.subject.persona, ...change } } };
}

function solveEach(
  parts: readonly Condition[],
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  let solved: PersonaScenario | undefined = scenario;
  for (const part of parts) solved = solved && solveCondition(part, wanted, solved, asked);
  return solved;
}

function solveOne(
  parts: readonly Condition[],
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  for (const part of parts) {
    const solved = solveCondition(part, wanted, scenario, asked);
    if (solved) return solved;
  }
  return undefined;
}

/** Values on both sides of what is compared with, the likeliest first. */
function candidatesOf({ value }: Comparison, { now }: EvaluationInstant): AttributeValue[] {
  const operands = [value].flat() as readonly unknown[];
  const near = operands.flatMap((one): AttributeValue[] => {
    if (typeof one === 'number') return [one, one + 1, one - 1];
    if (typeof one === 'string') return isDate(one) ? datesAround(Date.parse(one)) : [one, `${one} x`];
    if (typeof one === 'boolean') return [one, !one];
    if (typeof one === 'object' && one !== null && 'relative' in one) return datesAround(now + spanOf(one));
    return [];
  });
  const lists = near.filter((one) => typeof one === 'string' || typeof one === 'number').map((one) => [one]);
  return [...near, ...lists, true, false, 'x', 1, 0, '', []];
}

function datesAround(at: number): string[] {
  return [0, -HOUR_MS, HOUR_MS, -2 * DAY_MS, 2 * DAY_MS, -40 * DAY_MS, 40 * DAY_MS].map((by) =>
    new Date(at + by).toISOString(),
  );
}

/** About how far a relative date lies away; the values around it make up for months of other lengths. */
function spanOf(date: object): number {
  const { relative, unit } = date as { relative: number; unit: string };
  const units: Record<string, number> = { hour: HOUR_MS, day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS };
  return relative * (units[unit] ?? DAY_MS);
}

function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T/.test(text);
}

function solveEvents(
  leaf: Leaf<'event'>,
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  const { measure } = leaf;
  if (measure.kind === 'first' || measure.kind === 'last')
    return solveOneEvent(leaf, measure.property, wanted, scenario, asked);
  const test = compileComparison(leaf.is, asked);
  const operands = ([leaf.is.value].flat() as readonly unknown[]).filter((one) => typeof one === 'number');
  const number = [0, 1, ...operands.flatMap((one) => [one, one + 1, one - 1])].find(
    (one) => one >= 0 && test(one) === wanted,
  );
  if (number === undefined) return undefined;
  const without = withoutCounted(leaf, scenario, asked);
  if (number === 0) return without;
  const properties = propertiesFor(leaf.where, asked);
  if (!properties) return undefined;
  const events =
    measure.kind === 'sum'
      ? [{ ...properties, [measure.property]: number }]
      : Array.from({ length: Math.min(number, MOST_EVENTS) }, () => properties);
  return place(leaf, events, without, asked);
}

/** One event alone, so that it is the first and the last: with the property, or at the time, that is asked for. */
function solveOneEvent(
  leaf: Leaf<'event'>,
  property: string | undefined,
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  const test = compileComparison(leaf.is, asked);
  const without = withoutCounted(leaf, scenario, asked);
  if (test(undefined) === wanted) return without;
  const properties = propertiesFor(leaf.where, asked);
  if (!properties) return undefined;
  if (property !== undefined) {
    const value = valueFor(leaf.is, wanted, asked)?.is;
    return value === undefined ? undefined : place(leaf, [{ ...properties, [property]: value }], without, asked);
  }
  const steps = stepsAfter(leaf, asked);
  const span = spanOfWindow(leaf.window, asked, undefined);
  if (!steps || !span) return undefined;
  const latest = Math.min(span.before - 1, asked.startAt - steps.spanMs);
  const at = [
    latest,
    ...candidatesOf(leaf.is, asked).map((date) => (isInstant(date) ? Date.parse(date) : Number.NaN)),
  ].find((each) => each > span.after && each <= latest && test(new Date(each).toISOString()) === wanted);
  return at === undefined ? undefined : placeBefore(leaf, [properties], steps.events, asked.startAt - at, without);
}

function isInstant(value: AttributeValue): value is string {
  return typeof value === 'string' && isDate(value);
}

/** Rows that answer a leaf: as many as are counted, or one that holds the value. */
function solveRows(
  leaf: Leaf<'dataset'>,
  wanted: boolean,
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  const { dataset, measure } = leaf;
  const others = (scenario.subject.persona.rows ?? []).filter((row) => row.dataset !== dataset);
  const need = datasetNeedOf(leaf);
  const test = compileComparison(leaf.is, asked);
  if (test(measureRows(need, [], asked)) === wanted) return withPersona(scenario, { rows: others });
  const matching = propertiesFor(leaf.where, asked);
  if (!matching) return undefined;
  const operands = ([leaf.is.value].flat() as readonly unknown[]).filter((one) => typeof one === 'number');
  const counts = [1, ...operands.flatMap((one) => [one, one + 1, one - 1])];
  const held = valueFor(leaf.is, wanted, asked)?.is;
  const tries =
    measure.kind === 'count'
      ? counts.map((n) => Array.from({ length: Math.max(0, Math.min(n, MOST_EVENTS)) }, () => matching))
      : [held, ...counts].flatMap((value) => (value === undefined ? [] : [[{ ...matching, [measure.column]: value }]]));
  for (const values of tries) {
    const rows = values.map((each) => ({ dataset, values: each }));
    if (test(measureRows(need, rows, asked)) === wanted) return withPersona(scenario, { rows: [...others, ...rows] });
  }
  return undefined;
}

/** Takes away the events that the leaf would count, and leaves those that lie outside its window. */
function withoutCounted({ name, window }: Leaf<'event'>, scenario: PersonaScenario, { startAt, ...instant }: Asked) {
  const span = spanOfWindow(window, instant, startAt);
  const isCounted = (at: number) =>
    span !== undefined && at > span.after && (window.kind === 'ever' || at < span.before);
  return {
    ...withPersona(scenario, {
      events: scenario.subject.persona.events.filter((one) => one.name !== name || !isCounted(startAt - one.agoMs)),
    }),
    happenings: scenario.happenings.filter(
      (one) => one.kind !== 'event' || one.name !== name || !isCounted(startAt + one.afterMs),
    ),
  };
}

/** Before the run where that counts, else on the way to the question. */
function place(
  leaf: Leaf<'event'>,
  events: readonly Attributes[],
  scenario: PersonaScenario,
  asked: Asked,
): PersonaScenario | undefined {
  const { name, window } = leaf;
  const { now, startAt } = asked;
  const steps = stepsAfter(leaf, asked);
  if (!steps) return undefined;
  const agoMs = pastOf(window, asked, steps.spanMs);
  if (agoMs !== undefined) return placeBefore(leaf, events, steps.events, agoMs, scenario);
  // What follows takes its time, which the way to the question may not have.
  if (now - startAt < SECOND_MS || steps.spanMs > 0) return undefined;
  const afterMs = now - startAt - SECOND_MS;
  return {
    ...scenario,
    happenings: [
      ...scenario.happenings,
      ...events.map((properties) => ({ kind: 'event' as const, afterMs, name, properties })),
    ],
  };
}

function placeBefore(
  { name }: Leaf<'event'>,
  events: readonly Attributes[],
  steps: readonly { name: string; afterMs: number; properties: Attributes }[],
  agoMs: number,
  scenario: PersonaScenario,
): PersonaScenario {
  return withPersona(scenario, {
    events: [
      ...scenario.subject.persona.events,
      ...events.map((properties) => ({ name, agoMs, properties })),
      ...steps.map(({ afterMs, ...event }) => ({ ...event, agoMs: agoMs - afterMs })),
    ],
  });
}

/** How long before the run an event may lie to count; undefined where only the run itself counts. */
function pastOf(window: Leaf<'event'>['window'], { startAt, ...instant }: Asked, spanMs: number): number | undefined {
  // Long ago where any time will do, so that it does not count as recent.
  if (window.kind === 'ever') return LONG_AGO_MS;
  const span = window.kind === 'this-run' ? undefined : spanOfWindow(window, instant, undefined);
  if (!span) return undefined;
  const at = Math.min(startAt - MINUTE_MS - spanMs, span.before - 1);
  return at > span.after ? startAt - at : undefined;
}

/** The events that a sequence asks for behind the first, and how long the whole of it takes. */
function stepsAfter({ followedBy = [] }: Leaf<'event'>, asked: Asked) {
  const events: { name: string; afterMs: number; properties: Attributes }[] = [];
  let spanMs = 0;
  for (const { is, name, where, ms } of followedBy) {
    spanMs += is === 'did' ? SECOND_MS : ms;
    if (is === 'didNot') continue;
    const properties = propertiesFor(where, asked);
    if (!properties) return undefined;
    events.push({ name, afterMs: spanMs, properties });
  }
  return { events, spanMs };
}

import { type Static, Type } from 'typebox';
import Value from 'typebox/value';
import { GraphId } from '../graph/graph.ts';
import { type Attributes, AttributeValue, FieldName } from '../model/attribute.ts';
import type { Reason } from '../model/run.ts';
import type { Await } from '../node-contract/signal.ts';
import type { Effect } from '../node-contract/effect.ts';
import type { Outcome } from '../node-contract/handler.ts';
import { CallMethod } from '../model/http-call.ts';
import { attributeNames, type Capabilities } from './capabilities.ts';
import { ReasonKey } from './template-params.ts';

const CLOSED = { additionalProperties: false } as const;
const SomeAttributes = Type.Record(FieldName, AttributeValue, { ...CLOSED, maxProperties: 50 });

/** A request as the handler writes it out; `body` is sent as JSON unless it is a text. */
const TemplateRequest = Type.Object(
  {
    method: Type.Optional(CallMethod),
    url: Type.String({ minLength: 1, maxLength: 2000 }),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: '^[A-Za-z0-9!#%&*+^_`|~-]{1,100}$' }), Type.String({ maxLength: 2000 }), {
        ...CLOSED,
        maxProperties: 30,
      }),
    ),
    body: Type.Optional(Type.Unknown()),
  },
  CLOSED,
);

const SHARED = {
  /** Attributes to write; null takes one away. */
  set: Type.Optional(SomeAttributes),
  emit: Type.Optional(
    Type.Array(
      Type.Object(
        { event: Type.String({ minLength: 1, maxLength: 128 }), properties: Type.Optional(SomeAttributes) },
        CLOSED,
      ),
      { maxItems: 10 },
    ),
  ),
  /** A key of `texts.reasons`, with values for its places. */
  reason: Type.Optional(
    Type.Object(
      {
        key: ReasonKey,
        values: Type.Optional(
          Type.Record(ReasonKey, Type.Union([Type.String({ maxLength: 500 }), Type.Number(), Type.Boolean()]), CLOSED),
        ),
      },
      CLOSED,
    ),
  ),
};

/** What a handler may answer. */
export const TemplateOutcome = Type.Union([
  Type.Object({ kind: Type.Literal('advance'), port: GraphId, ...SHARED }, CLOSED),
  /** Ends the run here. */
  Type.Object({ kind: Type.Literal('exit'), ...SHARED }, CLOSED),
  /** For a time, and for whatever of `events` happens first. */
  Type.Object(
    {
      kind: Type.Literal('wait'),
      forMs: Type.Integer({ minimum: 1000, maximum: 366 * 86_400_000 }),
      events: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 128 }), { maxItems: 10 })),
      memory: Type.Optional(SomeAttributes),
      ...SHARED,
    },
    CLOSED,
  ),
  /** Makes one call and waits for its answer, no longer than `withinMs`. */
  Type.Object(
    {
      kind: Type.Literal('call'),
      request: TemplateRequest,
      withinMs: Type.Integer({ minimum: 1000, maximum: 3_600_000 }),
      memory: Type.Optional(SomeAttributes),
      ...SHARED,
    },
    CLOSED,
  ),
]);
export type TemplateOutcome = Static<typeof TemplateOutcome>;

/** An answer of a handler that cannot be followed: the message says what is wrong with it, and is shown with the run. */
export class OutcomeRefused extends Error {}

/** WHATWG URL, the same in Node and in browsers; the types of neither belong to this package. */
declare const URL: { canParse(url: string): boolean; new (url: string): { protocol: string; host: string } };

interface Reading {
  kind: string;
  nodeId: string;
  now: number;
  canWait: boolean;
  ports: readonly string[];
  params: Readonly<Record<string, unknown>>;
  grant: Capabilities;
}

const ANSWER = 'answer';

/**
 * What a handler answered, as the executor follows it. Nothing in it is trusted: its form, its way out and each of its
 * effects are held against the manifest and the grant. Throws `OutcomeRefused`. Pure.
 */
export function readOutcome(answer: unknown, reading: Reading): Outcome {
  if (!Value.Check(TemplateOutcome, answer)) throw new OutcomeRefused(`It answered ${misfitOf(answer)}`);
  const effects = effectsOf(answer, reading);
  const reason: Reason | undefined = answer.reason && {
    code: `${reading.kind}:${answer.reason.key}`,
    ...(answer.reason.values && { values: answer.reason.values }),
  };
  const shared = { ...(effects.length > 0 && { effects }), ...(reason && { reason }) };
  switch (answer.kind) {
    case 'advance':
      if (!reading.ports.includes(answer.port))
        throw new OutcomeRefused(`It chose the way out "${answer.port}", which the node does not have`);
      return { kind: 'advance', port: answer.port, ...shared };
    case 'exit':
      return { kind: 'exit', ...shared, reason: reason ?? { code: 'template-exit' } };
    case 'wait':
      demandWait(reading);
      return {
        kind: 'wait',
        untilAt: reading.now + answer.forMs,
        awaits: (answer.events ?? []).map((event): Await => {
          demand(reading.grant.readHistory, event, `wait for the event "${event}"`);
          return { id: event, kind: 'event', event };
        }),
        ...(answer.memory && { memory: answer.memory }),
        ...shared,
      };
    case 'call': {
      demandWait(reading);
      const call: Effect = {
        kind: 'call-http',
        requestNode: reading.nodeId,
        isAwaited: true,
        request: requestOf(answer.request, reading.grant),
      };
      return {
        kind: 'wait',
        untilAt: reading.now + answer.withinMs,
        awaits: [{ id: ANSWER, kind: 'result', effect: effects.length }],
        ...(answer.memory && { memory: answer.memory }),
        ...shared,
        effects: [...effects, call],
      };
    }
  }
}

function effectsOf({ set = {}, emit = [] }: TemplateOutcome, { grant, params }: Reading): Effect[] {
  const writable = attributeNames(grant.writeAttributes, params);
  const names = Object.keys(set);
  for (const name of names) demand(writable, name, `write the attribute "${name}"`);
  const unset = names.filter((name) => set[name] === null);
  const values: Attributes = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== null));
  const update: Effect = {
    kind: 'update-profile',
    ...(unset.length < names.length && { set: values }),
    ...(unset.length > 0 && { unset }),
  };
  return [
    ...(names.length > 0 ? [update] : []),
    ...emit.map(({ event, properties = {} }): Effect => {
      demand(grant.emitEvents, event, `record the event "${event}"`);
      return { kind: 'emit-event', name: event, properties };
    }),
  ];
}

function requestOf({ method = 'GET', url, headers = {}, body }: Static<typeof TemplateRequest>, grant: Capabilities) {
  const host = hostOf(url);
  demand(grant.callHosts, host, `call ${host}`);
  return {
    method,
    url,
    headers,
    ...(body !== undefined && method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  };
}

/** The host of an address, and its port where that is not the usual one; as `URL` reads it, which no other reading may differ from. */
export function hostOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  return parsed && /^https?:$/.test(parsed.protocol) ? parsed.host : JSON.stringify(url.slice(0, 100));
}

function demand(granted: readonly string[] | undefined, name: string, what: string): void {
  if (!(granted ?? []).includes(name)) throw new OutcomeRefused(`It wants to ${what}, which it was not granted`);
}

function demandWait({ canWait }: Reading): void {
  if (!canWait) throw new OutcomeRefused('It waits, which its manifest does not say (canWait)');
}

function misfitOf(answer: unknown): string {
  const kind = typeof answer === 'object' && answer !== null && 'kind' in answer ? answer.kind : undefined;
  const form = TemplateOutcome.anyOf.find((one) => one.properties.kind.const === kind);
  if (!form) return 'nothing that could be followed: an outcome is advance, wait, call or exit';
  const [error] = Value.Errors(form, answer);
  return `an outcome that does not fit at ${error?.instancePath || '/'}: ${error?.message ?? ''}`;
}

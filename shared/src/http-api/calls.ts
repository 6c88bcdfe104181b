import { type Static, Type } from 'typebox';
import { AttributeValue, FieldName, ValueType } from '../model/attribute.ts';
import { CallFailure, CallMethod, CallStatus, RequestTemplate } from '../model/http-call.ts';
import { defineRoute, PageQuery, pageOf } from './route.ts';

const WRITERS = ['administrator', 'developer'] as const;
const CLOSED = { additionalProperties: false } as const;

/** One value that an answer holds, by its place (`data.score`); everything else in the answer is left alone. */
export const ServiceField = Type.Object(
  {
    name: FieldName,
    path: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^.]+(\\.[^.]+)*$' }),
    type: ValueType,
    /** An answer without it is a bad answer. */
    isRequired: Type.Boolean(),
  },
  CLOSED,
);
export type ServiceField = Static<typeof ServiceField>;

/** What the service is for; decides the example it starts from and how it is listed. */
export const ServiceKind = Type.Union([Type.Literal('generic'), Type.Literal('risk'), Type.Literal('recommendation')]);
export type ServiceKind = Static<typeof ServiceKind>;

/** An HTTP service that flows may ask, with the contract its answers keep. */
export const ServiceDefinition = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 120 }),
    kind: ServiceKind,
    request: RequestTemplate,
    /** The header that carries the secret, such as Authorization; empty when the service asks for none. */
    secretHeader: Type.String({ maxLength: 100, pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]*$" }),
    fields: Type.Array(ServiceField, { minItems: 1, maxItems: 50 }),
    /** The field that a node compares unless it names another. */
    decides: FieldName,
    /** Of one attempt. */
    timeoutMs: Type.Integer({ minimum: 50, maximum: 30_000 }),
    maxAttempts: Type.Integer({ minimum: 1, maximum: 5 }),
  },
  CLOSED,
);
export type ServiceDefinition = Static<typeof ServiceDefinition>;

export const Service = Type.Object({
  ...ServiceDefinition.properties,
  id: Type.String(),
  /** Whether a value for the secret header is stored; the value itself is never read back. */
  hasSecret: Type.Boolean(),
  updatedAt: Type.String(),
});
export type Service = Static<typeof Service>;

/** What one test call came to, for whoever sets the service up. */
export const ServiceTest = Type.Object({
  request: Type.Union([
    Type.Object({ method: CallMethod, url: Type.String(), body: Type.Union([Type.String(), Type.Null()]) }),
    Type.Null(),
  ]),
  status: Type.Union([Type.Integer(), Type.Null()]),
  ms: Type.Integer(),
  /** The beginning of the answer as it came. */
  answer: Type.String(),
  fields: Type.Union([Type.Record(Type.String(), AttributeValue), Type.Null()]),
  failure: Type.Union([CallFailure, Type.Null()]),
});
export type ServiceTest = Static<typeof ServiceTest>;

export const HttpCall = Type.Object({
  id: Type.String(),
  runId: Type.String(),
  flowId: Type.String(),
  node: Type.String(),
  profileId: Type.String(),
  serviceId: Type.Union([Type.String(), Type.Null()]),
  status: CallStatus,
  at: Type.String(),
  attempts: Type.Integer(),
  /** When it is tried next; null once it is over. */
  nextAt: Type.Union([Type.String(), Type.Null()]),
  /** Scheme, host and port. */
  origin: Type.String(),
  answer: Type.Union([Type.Object({ status: Type.Integer(), ms: Type.Integer(), text: Type.String() }), Type.Null()]),
  failure: Type.Union([CallFailure, Type.Null()]),
});
export type HttpCall = Static<typeof HttpCall>;

const IdParam = Type.Object({ id: Type.String({ maxLength: 64 }) });
const Change = Type.Object(
  {
    definition: ServiceDefinition,
    /** Absent: the stored one is kept, as long as the service stays at its address. */
    secret: Type.Optional(Type.String({ minLength: 1, maxLength: 2000 })),
  },
  CLOSED,
);

export const callRoutes = {
  listServices: defineRoute({
    method: 'GET',
    path: '/api/services',
    access: 'signed-in',
    tag: 'services',
    summary: 'The HTTP services that flows may ask, by name',
    reply: pageOf(Service),
  }),
  createService: defineRoute({
    method: 'POST',
    path: '/api/services',
    access: WRITERS,
    tag: 'services',
    summary: 'Register an HTTP service',
    body: Change,
    reply: Service,
  }),
  changeService: defineRoute({
    method: 'PUT',
    path: '/api/services/:id',
    access: WRITERS,
    tag: 'services',
    summary: 'Change a service; calls planned before go to the address they were planned for',
    params: IdParam,
    body: Change,
    reply: Service,
  }),
  deleteService: defineRoute({
    method: 'DELETE',
    path: '/api/services/:id',
    access: WRITERS,
    tag: 'services',
    summary: 'Delete a service; nodes that ask it leave by their fallback',
    params: IdParam,
  }),
  testService: defineRoute({
    method: 'POST',
    path: '/api/services/:id/test',
    access: WRITERS,
    tag: 'services',
    summary: 'Call the stored service once, for a profile or an example, and show what came back',
    params: IdParam,
    body: Type.Object({ profileId: Type.Optional(Type.String({ maxLength: 64 })) }, CLOSED),
    reply: ServiceTest,
  }),
  getServiceSigningSecret: defineRoute({
    method: 'GET',
    path: '/api/services/:id/signing-secret',
    access: WRITERS,
    tag: 'services',
    summary: 'The secret by which this service can check the signature of calls',
    params: IdParam,
    reply: Type.Object({ secret: Type.String() }),
  }),
  getSigningSecret: defineRoute({
    method: 'POST',
    path: '/api/webhooks/signing-secret',
    access: WRITERS,
    tag: 'services',
    summary: 'The secret by which the receiver at an address can check the signature of webhooks',
    body: Type.Object({ url: Type.String({ minLength: 1, maxLength: 2000 }) }, CLOSED),
    reply: Type.Object({ origin: Type.String(), secret: Type.String() }),
  }),
  listCalls: defineRoute({
    method: 'GET',
    path: '/api/calls',
    access: 'signed-in',
    tag: 'services',
    summary: 'Calls of webhooks and services, newest first',
    query: Type.Object({
      ...PageQuery,
      flowId: Type.Optional(Type.String({ maxLength: 64 })),
      serviceId: Type.Optional(Type.String({ maxLength: 64 })),
      status: Type.Optional(CallStatus),
    }),
    reply: pageOf(HttpCall),
  }),
};

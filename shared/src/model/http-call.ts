import { type Static, Type } from 'typebox';

/** Where an HTTP call stands. `sending` is seen while a worker holds it; it is called again when the worker dies. */
export const CallStatus = Type.Union([
  Type.Literal('planned'),
  Type.Literal('sending'),
  Type.Literal('done'),
  Type.Literal('failed'),
]);
export type CallStatus = Static<typeof CallStatus>;

export const CALL_FAILURES = [
  /** Liquid that does not render, or a body that is no JSON. */
  'content-invalid',
  /** The service was deleted, or its secret cannot be read. */
  'service-unusable',
  /** No http(s) address, or one inside the network. */
  'address-refused',
  /** No answer in the time of one attempt. */
  'timed-out',
  /** No connection, or one that broke. */
  'unreachable',
  /** 3xx: redirects are not followed, since they could lead anywhere. */
  'redirected',
  /** 4xx: the receiver will never take this call. */
  'refused',
  /** 429 or 5xx until the last attempt. */
  'turned-down',
  /** 2xx, but not the JSON that the contract of the service asks for. */
  'bad-answer',
  /** Not answered before it was too late to be of use. */
  'expired',
] as const;
export type CallFailureCode = (typeof CALL_FAILURES)[number];

/** Why a call failed, or will be tried again. `detail` is the client's or receiver's own words, for whoever mends it. */
export const CallFailure = Type.Object({
  code: Type.Unsafe<CallFailureCode>(Type.Union(CALL_FAILURES.map((code) => Type.Literal(code)))),
  status: Type.Optional(Type.Integer()),
  detail: Type.Optional(Type.String()),
});
export type CallFailure = Static<typeof CallFailure>;

/** A header of a request; the value may hold Liquid. Names as in RFC 9110 section 5.1. */
export const CallHeader = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100, pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }),
    value: Type.String({ maxLength: 2000, pattern: '^[^\\r\\n\\u0000]*$' }),
  },
  { additionalProperties: false },
);
export type CallHeader = Static<typeof CallHeader>;

export const CallMethod = Type.Union([
  Type.Literal('POST'),
  Type.Literal('PUT'),
  Type.Literal('PATCH'),
  Type.Literal('GET'),
  Type.Literal('DELETE'),
]);
export type CallMethod = Static<typeof CallMethod>;

/** How a body is written: `json` is rendered value by value and is always sound JSON; `form` percent-encodes what Liquid puts out. */
export const BodyFormat = Type.Union([Type.Literal('json'), Type.Literal('form'), Type.Literal('text')]);
export type BodyFormat = Static<typeof BodyFormat>;

/** A request before it is filled in for a person: url, header values and body may hold Liquid. */
export const RequestTemplate = Type.Object(
  {
    method: CallMethod,
    url: Type.String({ maxLength: 2000 }),
    headers: Type.Array(CallHeader, { maxItems: 30 }),
    format: BodyFormat,
    body: Type.String({ maxLength: 50_000 }),
  },
  { additionalProperties: false },
);
export type RequestTemplate = Static<typeof RequestTemplate>;

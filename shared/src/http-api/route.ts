import { type Static, type TSchema, Type } from 'typebox';
import type { Role } from '../model/run.ts';

/** Who may call: `public` needs no session, `write-key` a data write key, `signed-in` any account, a list only those roles. */
export type Access = 'public' | 'write-key' | 'signed-in' | readonly Role[];

/** One HTTP route as both sides know it: Fastify validates by it, OpenAPI is generated from it, the web client is typed by it. */
export interface RouteContract<
  Params extends TSchema = TSchema,
  Query extends TSchema = TSchema,
  Body extends TSchema = TSchema,
  Reply extends TSchema = TSchema,
> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Fastify syntax, `/api/flows/:flowId`. */
  path: string;
  access: Access;
  /** One sentence for OpenAPI. */
  summary: string;
  tag: string;
  params: Params;
  query: Query;
  body: Body;
  reply: Reply;
}

const NOTHING = Type.Object({});

export function defineRoute<
  P extends TSchema = typeof NOTHING,
  Q extends TSchema = typeof NOTHING,
  B extends TSchema = typeof NOTHING,
  R extends TSchema = typeof NOTHING,
>(
  route: Omit<RouteContract, 'params' | 'query' | 'body' | 'reply'> & { params?: P; query?: Q; body?: B; reply?: R },
): RouteContract<P, Q, B, R> {
  return {
    params: NOTHING as never,
    query: NOTHING as never,
    body: NOTHING as never,
    reply: NOTHING as never,
    ...route,
  };
}

export type ParamsIn<R extends RouteContract> = Static<R['params']>;
export type QueryIn<R extends RouteContract> = Static<R['query']>;
export type BodyIn<R extends RouteContract> = Static<R['body']>;
export type ReplyOf<R extends RouteContract> = Static<R['reply']>;

/** Body of every 4xx and 5xx answer; `reference` finds an unexpected error in the log. */
export const ErrorReply = Type.Object({
  code: Type.String(),
  message: Type.String(),
  details: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  reference: Type.Optional(Type.String()),
});
export type ErrorReply = Static<typeof ErrorReply>;

/** Server-side paging by opaque cursor. */
export const PageQuery = {
  after: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
};
export const pageOf = <T extends TSchema>(item: T) =>
  Type.Object({
    items: Type.Array(item),
    next: Type.Union([Type.String(), Type.Null()]),
    total: Type.Optional(Type.Integer()),
  });

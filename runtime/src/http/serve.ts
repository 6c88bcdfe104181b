import type { Account, BodyIn, ParamsIn, QueryIn, ReplyOf, RouteContract } from '@sluice/shared/http-api';

/** Who is calling, as established by the access rule of the route. */
export type Caller =
  | { kind: 'public' }
  | { kind: 'write-key'; writeKeyId: string }
  | { kind: 'account'; account: Account };

export interface RouteInput<R extends RouteContract> {
  params: ParamsIn<R>;
  query: QueryIn<R>;
  body: BodyIn<R>;
  caller: Caller;
}

/** Binds a handler to a contract; every folder registers its routes through this and never sees Fastify. */
export type Serve = <R extends RouteContract>(route: R, handle: (input: RouteInput<R>) => Promise<ReplyOf<R>>) => void;

/** The account of a signed-in caller; throws `not-signed-in` for anything else. */
export type AccountOf = (caller: Caller) => Account;

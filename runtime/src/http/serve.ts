import type { Readable } from 'node:stream';
import type { Access, Account, BodyIn, ParamsIn, QueryIn, ReplyOf, RouteContract } from '@sluice/shared/http-api';

/** Who is calling, as established by the access rule of the route. */
export type Caller =
  | { kind: 'public' }
  | { kind: 'write-key'; writeKeyId: string }
  | { kind: 'account'; account: Account; by: 'session' | 'access-token' };

/** The call behind the data: its origin and its session cookie. */
export interface Call {
  /** Address of the caller, as seen through the trusted proxies. */
  ip: string;
  sessionToken: string | undefined;
  /** Sets the session cookie on the answer. */
  startSession(token: string, expiresAt: Date): void;
  endSession(): void;
}

export interface RouteInput<R extends RouteContract> {
  params: ParamsIn<R>;
  query: QueryIn<R>;
  body: BodyIn<R>;
  caller: Caller;
  call: Call;
}

export interface ServeOptions {
  /** Calls one address (ingest: one write key) may make; above it the answer is `rate-limited`. */
  rateLimit?: { max: number; windowMs: number };
  /** Largest body in bytes; 1 MiB when absent. */
  bodyLimit?: number;
  /** The handler itself checks the keys of stored objects, item by item, with `checkDocument`. */
  hasOwnDocumentCheck?: boolean;
  /** Pages of other sites call it too, with a write key; they may send their JSON as plain text, which needs no preflight. */
  isForAnyOrigin?: boolean;
}

/** Binds a handler to a contract; every folder registers its routes through this and never sees Fastify. */
export type Serve = <R extends RouteContract>(
  route: R,
  handle: (input: RouteInput<R>) => Promise<ReplyOf<R>>,
  options?: ServeOptions,
) => void;

export interface UploadedFile {
  fileName: string;
  /** Must be read to its end or destroyed. Fails with `body-too-large` behind the limit. */
  stream: Readable;
}

/** A contract whose body is one multipart file instead of JSON. */
export type ServeUpload = <R extends RouteContract>(
  route: R,
  handle: (input: Omit<RouteInput<R>, 'body'> & { file: UploadedFile }) => Promise<ReplyOf<R>>,
  options: { maxBytes: number },
) => void;

/** A route outside the JSON contracts: a redirect, an image, a page, a download. */
export interface RawRoute {
  method: 'GET' | 'POST';
  path: string;
  access: Access;
}

export interface RawReply {
  status: number;
  /** Override the server's own, such as Content-Security-Policy or Cross-Origin-Resource-Policy. */
  headers?: Record<string, string>;
  body?: string | Buffer | Readable;
}

export interface RawInput {
  /** `HEAD` too on a GET route: whoever counts visits must look. */
  method: string;
  params: Record<string, string>;
  query: Record<string, string>;
  /** A form or text as sent, JSON where the route keeps it as text; empty for GET. */
  body: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  caller: Caller;
  call: Call;
}

export interface RawOptions {
  /** Calls one address of this route may get, from wherever; above it the answer is `rate-limited`. */
  rateLimit?: { max: number; windowMs: number };
  /** Largest body in bytes; 1 MiB when absent. */
  bodyLimit?: number;
  /** JSON comes to the handler as it was sent: a signature holds for its very characters. */
  isJsonKeptAsText?: boolean;
}

export type ServeRaw = (route: RawRoute, handle: (input: RawInput) => Promise<RawReply>, options?: RawOptions) => void;

/** The account of a signed-in caller; throws `not-signed-in` for anything else. */
export type AccountOf = (caller: Caller) => Account;

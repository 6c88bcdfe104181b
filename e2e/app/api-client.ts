import {
  api,
  type BodyIn,
  type ParamsIn,
  type QueryIn,
  type ReplyOf,
  type RouteContract,
} from '@sluice/shared/http-api';

export interface CallInput<R extends RouteContract> {
  params?: ParamsIn<R>;
  query?: QueryIn<R>;
  body?: BodyIn<R>;
}

export interface Credentials {
  email: string;
  password: string;
}

export const ADMINISTRATOR = { email: 'ada@example.test', name: 'Ada', password: 'a-long-enough-password' };

/** A signed-in user of the HTTP API, as a script would be. */
export class ApiClient {
  readonly #url: string;
  #cookie = '';

  constructor(url: string) {
    this.#url = url;
  }

  /** Throws with the answer's text for anything but 2xx. */
  async call<R extends RouteContract>(route: R, input: CallInput<R> = {}): Promise<ReplyOf<R>> {
    const pathname = route.path.replace(/:(\w+)/g, (_match, name: string) =>
      encodeURIComponent(String((input.params as Record<string, unknown>)[name])),
    );
    const query = new URLSearchParams(Object.entries((input.query ?? {}) as Record<string, string>)).toString();
    const hasBody = route.method !== 'GET' && route.method !== 'DELETE';
    const reply = await fetch(`${this.#url}${pathname}${query && `?${query}`}`, {
      method: route.method,
      headers: { cookie: this.#cookie, origin: this.#url, ...(hasBody && { 'content-type': 'application/json' }) },
      ...(hasBody && { body: JSON.stringify(input.body ?? {}) }),
    });
    return this.#read(reply, `${route.method} ${pathname}`);
  }

  async upload<R extends RouteContract>(
    route: R,
    fileName: string,
    bytes: Uint8Array<ArrayBuffer> | Blob,
  ): Promise<ReplyOf<R>> {
    const form = new FormData();
    form.set('file', new Blob([bytes]), fileName);
    const reply = await fetch(`${this.#url}${route.path}`, {
      method: 'POST',
      headers: { cookie: this.#cookie, origin: this.#url },
      body: form,
    });
    return this.#read(reply, `POST ${route.path}`);
  }

  /** Creates the first administrator and keeps the session. */
  async setUp(token: string): Promise<void> {
    await this.call(api.access.setup, { body: { token, ...ADMINISTRATOR } });
    await this.signIn();
  }

  async signIn({ email, password }: Credentials = ADMINISTRATOR): Promise<void> {
    await this.call(api.access.signIn, { body: { email, password } });
  }

  /** The session, for a browser that goes on with it. */
  get session(): { name: string; value: string; url: string } {
    const [name = '', value = ''] = this.#cookie.split('=');
    return { name, value, url: this.#url };
  }

  async #read<T>(reply: Response, what: string): Promise<T> {
    const cookie = reply.headers.getSetCookie()[0]?.split(';')[0];
    if (cookie) this.#cookie = cookie;
    const text = await reply.text();
    if (!reply.ok) throw new Error(`${what} answered ${reply.status}: ${text.slice(0, 1000)}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }
}

/** Sends calls of the Segment spec with a write key, a batch at a time. */
export function sendBatch(url: string, writeKey: string, batch: readonly object[]): Promise<{ accepted: number }> {
  return postWithKey(`${url}${api.ingest.batch.path}`, writeKey, { batch });
}

/** Writes up to 1,000 rows of a dataset with a write key. */
export function sendRows(
  url: string,
  writeKey: string,
  dataset: string,
  rows: readonly object[],
): Promise<ReplyOf<typeof api.datasets.upsertRows>> {
  return postWithKey(`${url}${api.datasets.upsertRows.path.replace(':dataset', dataset)}`, writeKey, { rows });
}

async function postWithKey<T>(address: string, writeKey: string, body: object): Promise<T> {
  const reply = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${writeKey}` },
    body: JSON.stringify(body),
  });
  if (!reply.ok) throw new Error(`${address} answered ${reply.status}: ${(await reply.text()).slice(0, 1000)}`);
  return (await reply.json()) as T;
}

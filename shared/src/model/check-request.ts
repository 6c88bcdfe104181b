import type { RequestTemplate } from './http-call.ts';

/** Set by the product itself or part of the connection, not of the request. */
const RESERVED_HEADERS = new Set([
  'accept-encoding',
  'connection',
  'content-length',
  'content-type',
  'expect',
  'host',
  'idempotency-key',
  'keep-alive',
  'sluice-signature',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const SECRET_HEADER = /^(authorization|proxy-authorization|cookie)$|(api|access|auth)[-_]?(key|token)|secret|password/i;
const LITERAL_ORIGIN = /^https?:\/\/[^\s/?#@{}\\]+([/?#]|$)/i;

export type RequestProblem =
  | { code: 'url-missing' | 'url-invalid' | 'body-no-json'; at: 'url' | 'body' }
  | { code: 'header-reserved' | 'header-twice' | 'header-secret'; at: 'headers'; index: number; name: string };

/** What is wrong with a request before anything is filled in. `header-secret` is a warning: it works, and everyone can read it. */
export function checkRequest({ url, headers, format, body }: RequestTemplate): RequestProblem[] {
  const problems: RequestProblem[] = [];
  if (url.trim() === '') problems.push({ code: 'url-missing', at: 'url' });
  // Whom to call is the author's decision, never that of a value: Liquid begins behind the host.
  else if (!LITERAL_ORIGIN.test(url)) problems.push({ code: 'url-invalid', at: 'url' });
  const seen = new Set<string>();
  headers.forEach(({ name }, index) => {
    const key = name.toLowerCase();
    if (RESERVED_HEADERS.has(key)) problems.push({ code: 'header-reserved', at: 'headers', index, name });
    else if (seen.has(key)) problems.push({ code: 'header-twice', at: 'headers', index, name });
    else if (SECRET_HEADER.test(name)) problems.push({ code: 'header-secret', at: 'headers', index, name });
    seen.add(key);
  });
  if (format === 'json' && body.trim() !== '' && !isJson(body)) problems.push({ code: 'body-no-json', at: 'body' });
  return problems;
}

/** Whether a header of this name may be set by the author of a request. */
export function isOwnHeader(name: string): boolean {
  return !RESERVED_HEADERS.has(name.toLowerCase());
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The request behind a click or an open. */
export interface Visit {
  method: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
}

/** Mail gateways and chat programs that follow links to look behind them, by words of their user agents. */
const SCANNERS =
  /bot\b|crawl|spider|preview|scanner|barracuda|mimecast|proofpoint|safelinks|urldefense|forcepoint|fireeye|trendmicro|zscaler|symantec|sophos|cloudmark|facebookexternalhit|skypeuripreview|whatsapp|headlesschrome|python-requests|curl\/|wget\/|go-http-client|okhttp|java\//i;

/**
 * Whether a person is behind a click: not a HEAD, not a prefetch, not a known scanner, and with a user agent at all.
 * A scanner that plays a browser cannot be told apart.
 */
export function isPersonalVisit(visit: Visit): boolean {
  const agent = header(visit, 'user-agent');
  return isDeliberate(visit) && agent !== '' && !SCANNERS.test(agent);
}

/**
 * Whether an image was loaded to be shown. Image proxies of mail services count: most load when the mail is opened; the
 * ones that load ahead (Apple Mail Privacy Protection) do not say so.
 */
export function isShownImage(visit: Visit): boolean {
  const agent = header(visit, 'user-agent');
  return isDeliberate(visit) && (/GoogleImageProxy|YahooMailProxy/i.test(agent) || !SCANNERS.test(agent));
}

function isDeliberate(visit: Visit): boolean {
  const purposes = ['purpose', 'sec-purpose', 'x-purpose', 'x-moz'].map((name) => header(visit, name)).join(' ');
  return visit.method === 'GET' && !/prefetch|preview|prerender/i.test(purposes);
}

function header(visit: Visit, name: string): string {
  const value = visit.headers[name];
  return Array.isArray(value) ? value.join(' ') : (value ?? '');
}

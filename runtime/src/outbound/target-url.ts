/**
 * An address that may be called: http or https, no credentials (they would end up in logs and lists), no fragment.
 * Undefined for anything else. Says nothing about where the host is; that is known when it is connected to.
 */
export function readTargetUrl(text: string): URL | undefined {
  const url = URL.parse(text);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return undefined;
  url.hash = '';
  return url;
}

/** The host as name resolution and connections know it: IPv6 addresses stand in brackets in a URL only. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

import { AppError } from '@sluice/shared/errors';

export interface OriginFacts {
  method: string;
  /** Host header. */
  host: string | undefined;
  origin: string | undefined;
  /** Sec-Fetch-Site header. */
  fetchSite: string | undefined;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses a changing call that another site made the browser send (CSRF): browsers say so in Sec-Fetch-Site, older ones
 * in Origin. A caller that sends neither is no browser page, and SameSite=Lax keeps the cookie from it anyway.
 */
export function checkSameOrigin(facts: OriginFacts): void {
  if (SAFE_METHODS.has(facts.method)) return;
  if (facts.fetchSite === 'same-origin' || facts.fetchSite === 'none') return;
  if (facts.fetchSite === undefined && (facts.origin === undefined || hostOf(facts.origin) === facts.host)) return;
  throw new AppError('not-allowed', 'This call came from a page of another site', {
    details: { problem: facts.origin ?? facts.fetchSite ?? '' },
  });
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

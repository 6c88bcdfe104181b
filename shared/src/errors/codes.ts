import type { ErrorKind } from './app-error.ts';

/** The one table of error codes; `status` is what HTTP answers. Texts and the documentation page are tested against it. */
export const ERROR_CODES = {
  'request-invalid': { kind: 'user', status: 400 },
  'body-too-large': { kind: 'user', status: 413 },
  'not-signed-in': { kind: 'user', status: 401 },
  'sign-in-failed': { kind: 'user', status: 401 },
  'sign-in-throttled': { kind: 'user', status: 429 },
  'setup-done': { kind: 'user', status: 409 },
  'setup-token-wrong': { kind: 'user', status: 403 },
  'write-key-invalid': { kind: 'user', status: 401 },
  'not-allowed': { kind: 'user', status: 403 },
  'not-found': { kind: 'user', status: 404 },
  'name-taken': { kind: 'user', status: 409 },
  'draft-conflict': { kind: 'user', status: 409 },
  'flow-has-problems': { kind: 'user', status: 422 },
  'flow-not-live': { kind: 'user', status: 409 },
  'condition-invalid': { kind: 'user', status: 422 },
  'audience-invalid': { kind: 'user', status: 422 },
  'audience-state': { kind: 'user', status: 409 },
  'audience-changed': { kind: 'user', status: 409 },
  'audience-in-use': { kind: 'user', status: 409 },
  'import-file-unreadable': { kind: 'user', status: 422 },
  'import-mapping-invalid': { kind: 'user', status: 422 },
  'import-state': { kind: 'user', status: 409 },
  'liquid-invalid': { kind: 'user', status: 422 },
  'mjml-invalid': { kind: 'user', status: 422 },
  'provider-invalid': { kind: 'user', status: 422 },
  'secret-unreadable': { kind: 'user', status: 422 },
  'service-invalid': { kind: 'user', status: 422 },
  'link-invalid': { kind: 'user', status: 400 },
  'rate-limited': { kind: 'user', status: 429 },
  'query-too-slow': { kind: 'operational', status: 503 },
  'store-unreachable': { kind: 'operational', status: 503 },
  unexpected: { kind: 'unexpected', status: 500 },
} as const satisfies Record<string, { kind: ErrorKind; status: number }>;

export type ErrorCode = keyof typeof ERROR_CODES;

/** A call of the Segment spec, complete: sent twice it is stored once, by its messageId. */
export interface Call {
  type: 'identify' | 'track' | 'page' | 'alias';
  messageId: string;
  timestamp: string;
  anonymousId: string;
  userId?: string;
  [field: string]: unknown;
}

export type Fields = Record<string, unknown>;

export function newId(): string {
  // Pages without TLS have no randomUUID.
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

import type { Attributes, AttributeValue } from '../model/attribute.ts';
import type { RequestTemplate } from '../model/http-call.ts';

/** What a node calls: an address of its own, or a service of the register. Filled in for each person by the calls. */
export type CallContent =
  | {
      to: 'address';
      request: RequestTemplate;
      /** For one attempt, the answer included. */
      timeoutMs: number;
      /** The first one included; 429, 5xx and broken connections are tried again. */
      maxAttempts: number;
    }
  | {
      to: 'service';
      service: string;
      /** For all attempts together; the service has a time-out of its own for each. */
      withinMs: number;
    }
  | {
      /** What the step itself wrote out, if it goes to one of these hosts (`URL.host`). */
      to: 'granted';
      hosts: readonly string[];
      timeoutMs: number;
      maxAttempts: number;
    };

/**
 * What comes back with the result of a call. A service's answer is reduced to the fields of its contract; `decision` is
 * the one that decides.
 */
export interface CallAnswer {
  status?: number;
  fields?: Attributes;
  decision?: AttributeValue;
  /** The answer as it came, where nobody has a contract for it. */
  body?: string;
}

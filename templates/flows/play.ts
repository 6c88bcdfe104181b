import type { Assertion, CaseContent, Happening, Persona, Scenario } from '@sluice/shared/http-api';

interface Play extends Partial<Omit<Scenario, 'subject' | 'happenings'>> {
  attributes?: Persona['attributes'];
  /** Before the flow, as `[name, how long ago, properties]`. */
  before?: readonly (readonly [name: string, agoMs: number, properties?: Persona['attributes']])[];
  /** Within the flow, as `[name, how long after its start, properties]`. */
  later?: readonly (readonly [name: string, afterMs: number, properties?: Persona['attributes']])[];
}

/** A Monday, at 10:00 in Shanghai: inside every sending window of the ready-made flows. */
const START_AT = '2026-03-02T02:00:00.000Z';

/** A case with a made-up person. */
export function playCase(name: string, play: Play, assertions: readonly Assertion[]): CaseContent {
  const { attributes = {}, before = [], later = [], ...scenario } = play;
  return {
    name,
    scenario: {
      subject: {
        kind: 'persona',
        persona: {
          id: 'lin',
          name: 'Lin',
          attributes: { email: 'lin@example.com', firstName: 'Lin', ...attributes },
          audiences: [],
          events: before.map(([name, agoMs, properties = {}]) => ({ name, agoMs, properties })),
        },
      },
      startAt: START_AT,
      isForced: false,
      happenings: later.map(
        ([name, afterMs, properties = {}]): Happening => ({
          kind: 'event',
          afterMs,
          name,
          properties,
        }),
      ),
      mocks: [],
      arms: {},
      days: 90,
      ...scenario,
    },
    assertions: [...assertions],
  };
}

export const reaches = (node: string): Assertion => ({ kind: 'reaches', node });
export const avoids = (node: string): Assertion => ({ kind: 'avoids', node });
export const leaves = (node: string, port: string): Assertion => ({ kind: 'leaves', node, port });
export const receives = (node: string): Assertion => ({ kind: 'receives', node });
export const receivesNothing: Assertion = { kind: 'receives-not' };

import type { Derivation } from '@sluice/shared/condition';
import { describe, expect, it } from 'vitest';
import { derivationOf, draftOf, NEW_DRAFT } from './derived-draft.ts';

describe('the form over a derivation', () => {
  it.each([
    { kind: 'rfm', event: 'Ordered', amount: 'total', days: 180 },
    { kind: 'aggregate', event: 'Ordered', measure: { kind: 'count' }, window: { kind: 'ever' } },
    { kind: 'aggregate', event: 'Ordered', measure: { kind: 'last' }, window: { kind: 'ever' } },
    {
      kind: 'aggregate',
      event: 'Ordered',
      where: [{ property: 'shop', is: { operator: 'exists' } }],
      measure: { kind: 'sum', property: 'total' },
      window: { kind: 'last', ms: 86_400_000 },
    },
    { kind: 'cases', cases: [{ when: { op: 'all', of: [] }, value: 3 }], otherwise: false },
    { kind: 'cases', cases: [{ when: { op: 'all', of: [] }, value: '老客' }] },
  ] as Derivation[])('gives back what it was given: %j', (derivation) => {
    expect(derivationOf(draftOf('a', '', derivation))).toEqual(derivation);
  });

  it('gives nothing while something is missing', () => {
    expect(derivationOf(NEW_DRAFT)).toBeUndefined();
    expect(derivationOf({ ...NEW_DRAFT, event: 'Ordered', measure: 'sum' })).toBeUndefined();
    expect(derivationOf({ ...NEW_DRAFT, kind: 'cases' })).toBeUndefined();
    expect(derivationOf({ ...NEW_DRAFT, kind: 'rfm', event: 'Ordered' })).toBeUndefined();
  });
});

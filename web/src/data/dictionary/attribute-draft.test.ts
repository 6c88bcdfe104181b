import type { AttributeDefinition } from '@sluice/shared/model';
import { describe, expect, it } from 'vitest';
import { declarationOf, draftOf } from './attribute-draft.ts';

const AGE: AttributeDefinition = {
  name: 'age',
  type: 'number',
  sensitivity: 'internal',
  rights: { read: 'plain', mayReveal: false, mayUse: true },
  samples: [],
  lastSeenAt: '2026-03-01T00:00:00.000Z',
};

describe('the form over an attribute', () => {
  it('says what was said before, and nothing else', () => {
    const rule = { type: 'number', min: 0, max: 120, required: true, onBreach: 'fix' } as const;
    const said = { displayName: 'Age', owner: 'CRM', sensitivity: 'sensitive', maskAs: 'whole', rule } as const;
    expect(declarationOf(draftOf({ ...AGE, ...said }))).toEqual(said);
    expect(declarationOf(draftOf(AGE))).toEqual({ sensitivity: 'internal' });
  });

  it('leaves out what the type has no use for', () => {
    const draft = { ...draftOf(AGE), isChecked: true, min: 0, max: null, options: ['a'], pattern: '^a$' };
    expect(declarationOf(draft).rule).toEqual({ type: 'number', min: 0, onBreach: 'quarantine' });
    expect(declarationOf({ ...draft, type: 'string' }).rule).toEqual({
      type: 'string',
      options: ['a'],
      pattern: '^a$',
      onBreach: 'quarantine',
    });
  });
});

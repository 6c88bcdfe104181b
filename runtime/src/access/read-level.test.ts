import { ATTRIBUTE_RIGHTS, Role, Sensitivity } from '@sluice/shared/model';
import { describe, expect, it } from 'vitest';
import { type AttributeHandling, createLens } from './read-level.ts';

const HANDLING = new Map<string, AttributeHandling>([
  ['city', { sensitivity: 'public' }],
  ['phone', { sensitivity: 'sensitive' }],
  ['nick', { sensitivity: 'sensitive', maskAs: 'name' }],
  ['salary', { sensitivity: 'secret' }],
]);
const PERSON = { city: 'Graz', phone: '13800138000', nick: 'Addie', salary: 9000, unknown: 1 };
const ROLES = Role.anyOf.map((literal) => literal.const);
const LEVELS = Sensitivity.anyOf.map((literal) => literal.const);

describe('the lens of a role', () => {
  it('[GOV-1] shows an operator masked values, leaves secret ones out, and takes unknown attributes for internal', () => {
    expect(createLens('operator', HANDLING).view(PERSON)).toEqual({
      attributes: { city: 'Graz', phone: '138****8000', nick: 'A**', unknown: 1 },
      masked: ['phone', 'nick'],
    });
    const { attributes } = createLens('administrator', HANDLING).view(PERSON);
    expect(attributes).toEqual({ ...PERSON, salary: '***' });
  });

  it('[GOV-2] names what the role may not use', () => {
    const analyst = createLens('analyst', HANDLING);
    expect(analyst.refused(['city', 'phone', 'phone', 'salary'])).toEqual(['phone', 'salary']);
    expect(() => analyst.demandUse(['city', 'salary'])).toThrow(
      expect.objectContaining({ code: 'attribute-not-allowed', details: { names: 'salary', role: 'analyst' } }),
    );
    expect(() => analyst.demandUse(['city'])).not.toThrow();
  });

  it('[GOV-1] never gives a role more of a more sensitive value, and never lets it use what it cannot see at all', () => {
    const open = ['hidden', 'masked', 'plain'];
    for (const role of ROLES)
      for (const [index, level] of LEVELS.entries()) {
        const { read, mayReveal, mayUse } = ATTRIBUTE_RIGHTS[role][level];
        const before = ATTRIBUTE_RIGHTS[role][LEVELS[index - 1] ?? level];
        expect(open.indexOf(read)).toBeLessThanOrEqual(open.indexOf(before.read));
        expect(mayUse && !before.mayUse).toBe(false);
        expect(mayReveal && read !== 'masked').toBe(false);
        expect(mayUse && read === 'hidden').toBe(false);
      }
  });
});

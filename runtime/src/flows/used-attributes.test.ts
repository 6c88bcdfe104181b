import { manifests } from '@sluice/templates/manifests';
import { describe, expect, it } from 'vitest';
import { usedAttributes } from './used-attributes.ts';

const usedBy = (kind: string, params: Record<string, unknown>) => {
  const { names, isAny } = usedAttributes(
    { id: 'n', kind, kindVersion: 1, params, position: { x: 0, y: 0 } },
    manifests.get(kind),
  );
  return [[...names], isAny];
};

describe('the attributes that a node uses', () => {
  it('[GOV-2] are those of its conditions at any depth, and of its choices', () => {
    const is = { operator: 'exists' };
    const condition = { op: 'all', of: [{ op: 'not', of: { op: 'attribute', name: 'salary', is } }] };
    expect(usedBy('filter', { condition })).toEqual([['salary'], false]);
    expect(usedBy('attribute-split', { attribute: 'city', variants: [] })).toEqual([['city'], false]);
  });

  it('[GOV-2] are those that a template names, but not the address it goes to', () => {
    const subject = '{% if profile.attributes["first name"] %}{{ profile.phone | upcase }}{% endif %}';
    expect(usedBy('email', { to: 'email', subject, body: '{{ user_id }}' })).toEqual([['first name', 'phone'], false]);
    expect(usedBy('email', { to: 'email', subject: '{{ broken', body: '' })).toEqual([[], false]);
    for (const whole of ['{% assign p = profile %}{{ p.salary }}', '{{ profile[user_id] }}'])
      expect(usedBy('email', { to: 'email', subject: whole, body: '' })[1]).toBe(true);
  });

  it('[GOV-2] are those that code names; code that takes them all may use any', () => {
    expect(usedBy('code', { source: "return profile.attributes.age + profile.attributes['工资']" })).toEqual([
      ['age', '工资'],
      false,
    ]);
    expect(usedBy('code', { source: 'const { attributes } = profile; return attributes[name]' })[1]).toBe(true);
  });
});

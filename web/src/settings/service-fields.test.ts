import type { Service } from '@sluice/shared/http-api';
import { describe, expect, it } from 'vitest';
import { FRESH_FIELDS, FRESH_SERVICE, fieldsOf, serviceOf } from './service-fields.ts';

describe('the form of a service', () => {
  it('becomes a request, and keeps the stored secret when none is entered', () => {
    const filled = {
      ...FRESH_SERVICE,
      name: ' Risk ',
      request: { ...FRESH_SERVICE.request, url: ' https://risk.test ' },
    };
    expect(serviceOf(filled)).toMatchObject({ definition: { name: 'Risk', request: { url: 'https://risk.test' } } });
    expect(serviceOf({ ...filled, secret: '' })).not.toHaveProperty('secret');
    expect(serviceOf({ ...filled, secret: 'word' })).toMatchObject({ secret: 'word' });
  });

  it('starts each kind with a field that decides and must be there', () => {
    for (const { fields, decides } of Object.values(FRESH_FIELDS))
      expect(fields.find(({ name }) => name === decides)?.isRequired).toBe(true);
  });

  it('shows a stored service without what only the server says', () => {
    const { secret: _, ...definition } = FRESH_SERVICE;
    const stored: Service = { ...definition, id: 's1', hasSecret: true, updatedAt: '2026-01-01T00:00:00.000Z' };
    expect(fieldsOf(stored)).toEqual(definition);
  });
});

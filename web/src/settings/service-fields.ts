import type { api, BodyIn, Service, ServiceDefinition } from '@sluice/shared/http-api';

/** The form's fields; the secret is only ever written. */
export type ServiceFormFields = ServiceDefinition & { secret?: string };

const BODY = '{\n  "user": "{{ user_id }}"\n}';

/** What a new service of each kind starts from. */
export const FRESH_FIELDS: Readonly<Record<Service['kind'], Pick<ServiceDefinition, 'fields' | 'decides'>>> = {
  generic: { fields: [{ name: 'result', path: 'result', type: 'string', isRequired: true }], decides: 'result' },
  risk: {
    fields: [
      { name: 'level', path: 'level', type: 'string', isRequired: true },
      { name: 'score', path: 'score', type: 'number', isRequired: false },
    ],
    decides: 'level',
  },
  recommendation: { fields: [{ name: 'items', path: 'items', type: 'list', isRequired: true }], decides: 'items' },
};

export const FRESH_SERVICE: ServiceFormFields = {
  name: '',
  kind: 'generic',
  request: { method: 'POST', url: '', headers: [], format: 'json', body: BODY },
  secretHeader: '',
  ...FRESH_FIELDS.generic,
  timeoutMs: 3000,
  maxAttempts: 2,
};

/** The form of a stored service: its id and what the server alone says are no fields. */
export function fieldsOf({ id: _id, hasSecret: _has, updatedAt: _at, ...definition }: Service): ServiceFormFields {
  return definition;
}

/** The request of a filled form; an empty secret is left out, which keeps the stored one. */
export function serviceOf({ secret, ...definition }: ServiceFormFields): BodyIn<typeof api.calls.createService> {
  const { request } = definition;
  return {
    definition: {
      ...definition,
      name: definition.name.trim(),
      request: { ...request, url: request.url.trim(), headers: request.headers ?? [], body: request.body ?? '' },
      secretHeader: (definition.secretHeader ?? '').trim(),
      fields: definition.fields.map((field) => ({ ...field, isRequired: field.isRequired ?? false })),
    },
    ...(secret ? { secret } : {}),
  };
}

import type { Service, ServiceDefinition } from '@sluice/shared/http-api';
import type { SealedText } from '../secrets/sealed-text.ts';
import { declareCollection } from '../stores/database.ts';

export interface ServiceRecord {
  _id: string;
  definition: ServiceDefinition;
  /** Value of the secret header. */
  secret?: SealedText;
  updatedAt: Date;
}

export const services = declareCollection<ServiceRecord>('services', [
  { key: { 'definition.name': 1 }, options: { name: 'name', unique: true } },
]);

export function toService({ _id: id, definition, secret, updatedAt }: ServiceRecord): Service {
  return { ...definition, id, hasSecret: secret !== undefined, updatedAt: updatedAt.toISOString() };
}

import type { Profile } from '@sluice/shared/http-api';
import type { Attributes } from '@sluice/shared/model';
import type { ProfileFacts } from '@sluice/shared/node-contract';
import type { AttributeLens } from '../access/read-level.ts';
import type { ProfileRecord, StoredValue } from './profile-record.ts';

/** What nodes, conditions and templates see of a profile: dates as ISO-8601 strings in UTC. */
export function toFacts(record: ProfileRecord): ProfileFacts {
  const { _id: id, userId } = record;
  const attributes = toAttributes(record.attributes);
  return userId === null ? { id, attributes } : { id, userId, attributes };
}

/** As the holder of the lens may see it. */
export function toProfile(record: ProfileRecord, lens: AttributeLens): Profile {
  const { attributes, masked } = lens.view(toAttributes(record.attributes));
  return {
    id: record._id,
    userId: record.userId,
    attributes,
    ...(masked.length > 0 && { masked }),
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

export function toAttributes(stored: Readonly<Record<string, StoredValue>>): Attributes {
  const attributes: Attributes = {};
  for (const [name, value] of Object.entries(stored))
    attributes[name] = value instanceof Date ? value.toISOString() : value;
  return attributes;
}

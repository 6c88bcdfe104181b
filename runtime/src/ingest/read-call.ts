import { AppError } from '@sluice/shared/errors';
import { BatchItem } from '@sluice/shared/http-api';
import { checkDocument } from '../http/check-document.ts';
import { compileCheck } from '../http/validate-request.ts';
import { profileIdOf, type StoredValue } from '../profiles/profile-record.ts';
import { readDateTrait, readTimestamp } from './read-timestamp.ts';
import { readTraits } from './read-traits.ts';

/** Whom a call is about. With both ids it is the known user, and the anonymous id is noted on that profile. */
export interface CallIdentity {
  profileId: string;
  userId: string | null;
  anonymousId: string | undefined;
}

/** A call of the Segment spec reduced to what is kept of it. */
export type IngestCall = CallIdentity & { at: Date; messageId: string | undefined } & (
    | { kind: 'identify'; traits: Record<string, StoredValue> }
    | { kind: 'event'; name: string; properties: Record<string, unknown> }
    | { kind: 'alias'; previousId: string }
  );

const MAX_ITEM_BYTES = 32 * 1024;
const checkItem = compileCheck(BatchItem, 'body');

/**
 * Reads one call. Kept: identify → attributes; track → the event; page and screen → `Page Viewed` and `Screen Viewed`
 * with name and category among the properties; group → `Group Joined` with the group's id and traits; alias → the
 * earlier id, noted on the profile. Dropped: context, integrations and fields the spec does not know.
 * Throws `request-invalid` with a sentence.
 */
export function readCall(sent: unknown, receivedAt: Date): IngestCall {
  const item = checkItem(withCamelCaseIds(sent)) as BatchItem;
  if (Buffer.byteLength(JSON.stringify(item)) > MAX_ITEM_BYTES) refuse('The call is larger than 32 KB');
  const at =
    readTimestamp(item.timestamp, receivedAt) ?? refuse('timestamp is no ISO-8601 time such as 2026-03-01T08:00:00Z');
  const base = { ...readIdentity(item), at, messageId: item.messageId };
  // Only what is stored: integrations and context may have any keys.
  const traits = item.traits ?? {};
  const properties = item.properties ?? {};
  checkDocument(traits);
  checkDocument(properties);
  const event = (name: string, kept: Record<string, unknown>): IngestCall => ({
    ...base,
    kind: 'event',
    name,
    properties: toStoredProperties(kept),
  });
  switch (item.type) {
    case 'identify':
      return { ...base, kind: 'identify', traits: readTraits(traits) };
    case 'track':
      return event(item.event || refuse('event is missing: the name of what happened'), properties);
    case 'page':
      return event('Page Viewed', { name: item.name, category: item.category, ...properties });
    case 'screen':
      return event('Screen Viewed', { name: item.name, category: item.category, ...properties });
    case 'group':
      return event('Group Joined', { ...traits, groupId: readId(item.groupId) ?? refuse('groupId is missing') });
    case 'alias':
      return { ...base, kind: 'alias', previousId: readId(item.previousId) ?? refuse('previousId is missing') };
    default:
      return refuse(`type must be identify, track, page, screen, group or alias, not ${JSON.stringify(item.type)}`);
  }
}

/** The profile under the anonymous id that a call names beside a user id: the same person until now. */
export function visitorOf(call: IngestCall): string | undefined {
  const anonymousId = call.kind === 'alias' ? call.previousId : call.anonymousId;
  return call.userId === null || anonymousId === undefined ? undefined : profileIdOf({ anonymousId });
}

/** The e-mail part of the Segment spec spells the ids `user_id` and `anonymous_id`. */
function withCamelCaseIds(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null || !('user_id' in sent || 'anonymous_id' in sent)) return sent;
  const { user_id: userId, anonymous_id: anonymousId, ...rest } = sent as Record<string, unknown>;
  return {
    ...(userId === undefined ? {} : { userId }),
    ...(anonymousId === undefined ? {} : { anonymousId }),
    ...rest,
  };
}

function readIdentity(item: BatchItem): CallIdentity {
  const userId = readId(item.userId);
  const anonymousId = readId(item.anonymousId);
  if (userId !== undefined) return { profileId: profileIdOf({ userId }), userId, anonymousId };
  if (anonymousId === undefined) return refuse('userId or anonymousId is missing: whom is the call about?');
  return { profileId: profileIdOf({ anonymousId }), userId: null, anonymousId };
}

/** Numbers are accepted as ids and read as text; an empty id is none. */
function readId(id: string | number | null | undefined): string | undefined {
  return id === null || id === undefined || id === '' ? undefined : String(id);
}

/** Empty properties are left out; a date or instant becomes a date, so that conditions can ask for before and after. */
function toStoredProperties(properties: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(properties).filter(([, value]) => value !== undefined && value !== null);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, (typeof value === 'string' && readDateTrait(value)) || value]),
  );
}

function refuse(problem: string): never {
  throw new AppError('request-invalid', problem, { details: { problem } });
}

import { AppError } from '@sluice/shared/errors';
import { api, type Delivery } from '@sluice/shared/http-api';
import type { Collection, Filter } from 'mongodb';
import { Type } from 'typebox';
import type { Serve } from '../http/serve.ts';
import { readCursor, writeCursor } from '../profiles/page-cursor.ts';
import type { Database } from '../stores/database.ts';
import { type DeliveryRecord, deliveries, toDelivery } from './delivery-record.ts';
import { outboxMessages } from './email/outbox.ts';
import { escapePattern } from '../stores/escape-pattern.ts';

interface Page {
  after?: string | undefined;
  limit?: number | undefined;
}

const DEFAULT_LIMIT = 50;
const MAX_TIME_MS = 5000;

export function registerDeliveryRoutes(serve: Serve, deps: { database: Database }): void {
  const records = deps.database.collection(deliveries);
  const messages = deps.database.collection(outboxMessages);

  serve(api.flows.listProfileDeliveries, ({ params, query }) =>
    listNewestFirst(records, { profileId: params.profileId }, query),
  );

  serve(api.content.listOutbox, ({ query }) =>
    listNewestFirst(
      records,
      {
        provider: 'outbox',
        status: 'sent',
        ...(query.flowId !== undefined && { flowId: query.flowId }),
        ...(query.search !== undefined && { $or: searchFor(query.search) }),
      },
      query,
    ),
  );

  serve(api.content.getOutboxMessage, async ({ body }) => {
    const [delivery, message] = await Promise.all([
      records.findOne({ _id: body.deliveryId, provider: 'outbox', status: 'sent' }),
      messages.findOne({ _id: body.deliveryId }),
    ]);
    if (!delivery || !message)
      throw new AppError('not-found', `No message ${body.deliveryId} in the outbox`, { details: { what: 'message' } });
    return { ...toDelivery(delivery), from: message.from, html: message.html, text: message.text };
  });
}

/** Pages by (time, id), so that deliveries which arrive meanwhile do not shift them. */
async function listNewestFirst(
  records: Collection<DeliveryRecord>,
  filter: Filter<DeliveryRecord>,
  { after, limit = DEFAULT_LIMIT }: Page,
): Promise<{ items: Delivery[]; next: string | null }> {
  const found = await records
    .find({ ...filter, ...(after !== undefined && olderThan(after)) }, { maxTimeMS: MAX_TIME_MS })
    .sort({ at: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const next = found.length > limit && last ? writeCursor([last.at.getTime(), last._id]) : null;
  return { items: page.map(toDelivery), next };
}

function olderThan(cursor: string): Filter<DeliveryRecord> {
  const [time, id] = readCursor(cursor, Type.Number(), Type.String());
  const at = new Date(time);
  return { at: { $lte: at }, $and: [{ $or: [{ at: { $lt: at } }, { _id: { $lt: id } }] }] };
}

/** The words as they stand, in the address or the subject, whatever their case. */
function searchFor(words: string): Filter<DeliveryRecord>[] {
  const pattern = { $regex: escapePattern(words), $options: 'i' };
  return [{ to: pattern }, { subject: pattern }];
}

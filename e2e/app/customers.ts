import { api } from '@sluice/shared/http-api';
import { type ApiClient, sendBatch } from './api-client.ts';

const DAY_MS = 86_400_000;

/** Customers of a shop: all ordered long ago, and the last few of them again yesterday. Answers the id of each. */
export async function importCustomers(
  client: ApiClient,
  url: string,
  asleep: number,
  awake: number,
): Promise<string[]> {
  const { key } = await client.call(api.access.createWriteKey, { body: { name: 'Shop' } });
  const users = Array.from({ length: asleep + awake }, (_, index) => `user-${index + 1}`);
  const order = (userId: string, days: number) => ({
    type: 'track',
    event: 'Order Completed',
    userId,
    messageId: `${userId}-${days}`,
    timestamp: new Date(Date.now() - days * DAY_MS).toISOString(),
    properties: { revenue: 40 },
  });
  const { accepted } = await sendBatch(url, key, [
    ...users.map((userId) => ({
      type: 'identify',
      userId,
      messageId: userId,
      traits: { email: `${userId}@example.test` },
    })),
    ...users.map((userId) => order(userId, 120)),
    ...users.slice(asleep).map((userId) => order(userId, 1)),
  ]);
  if (accepted !== 2 * users.length + awake) throw new Error(`Only ${accepted} calls were accepted`);
  return users;
}

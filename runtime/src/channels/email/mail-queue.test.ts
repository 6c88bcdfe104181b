import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTestDatabase, type TestDatabase } from '../../../test/open-test-database.ts';
import { deliveries } from '../delivery-record.ts';
import { createMailQueue, type MailQueue, queuedMessages } from './mail-queue.ts';
import type { OutgoingEmail } from './outgoing-email.ts';

const LEASE_MS = 1000;
let store: TestDatabase;
let queue: MailQueue;
let now: number;

beforeEach(async () => {
  store = await openTestDatabase([deliveries, queuedMessages]);
  now = Date.UTC(2026, 0, 1);
  queue = createMailQueue({ database: store.database, clock: { now: () => now } });
  await queue.accept([email(1), email(2)], []);
});
afterEach(() => store.close());

const email = (n: number): OutgoingEmail => ({
  delivery: {
    _id: `run${n}/1/0`,
    runId: `run${n}`,
    flowId: 'flow',
    version: 1,
    nodeId: 'mail',
    profileId: `p${n}`,
    channel: 'email',
    to: `user${n}@example.test`,
    subject: 'Hi',
  },
  html: '<p>Hi</p>',
  text: 'Hi',
});
const ids = ({ emails }: Awaited<ReturnType<MailQueue['claim']>>) => emails.map(({ delivery }) => delivery._id);
const stored = async (id: string) => store.database.collection(deliveries).findOne({ _id: id });

describe('the mail queue', () => {
  it('gives each message to one claim, until the claim runs out', async () => {
    expect(ids(await queue.claim(1, LEASE_MS))).toEqual(['run1/1/0']);
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual(['run2/1/0']);
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual([]);
    now += LEASE_MS;
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual(['run1/1/0', 'run2/1/0']);
  });

  it('keeps a claim that is extended', async () => {
    const { token } = await queue.claim(9, LEASE_MS);
    now += LEASE_MS - 1;
    await queue.extend(token, ['run1/1/0'], LEASE_MS);
    now += 1;
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual(['run2/1/0']);
  });

  it('[RUN-1] lets a sender that lost its claim neither begin nor end a message', async () => {
    const lost = await queue.claim(9, LEASE_MS);
    now += LEASE_MS;
    const held = await queue.claim(9, LEASE_MS);
    expect(await queue.markSending(lost.token, ['run1/1/0'], LEASE_MS)).toEqual(new Set());
    expect(await queue.markSending(held.token, ['run1/1/0'], LEASE_MS)).toEqual(new Set(['run1/1/0']));
    await queue.settle(lost.token, [{ id: 'run1/1/0', kind: 'failed', reason: { code: 'email:refused' } }]);
    await queue.release(lost.token, ['run1/1/0', 'run2/1/0']);
    expect(await stored('run1/1/0')).toMatchObject({ status: 'sending', claim: held.token });
    expect(await stored('run2/1/0')).toMatchObject({ status: 'planned', claim: held.token });
  });

  it('[RUN-3] never gives out again what was begun when its sender was lost', async () => {
    const { token } = await queue.claim(1, LEASE_MS);
    await queue.markSending(token, ['run1/1/0'], LEASE_MS);
    expect(await queue.giveUpLost()).toBe(0);
    now += LEASE_MS;
    expect(await queue.giveUpLost()).toBe(1);
    expect(await stored('run1/1/0')).toMatchObject({ status: 'unknown', reason: { code: 'email:sender-lost' } });
    now += 1_000_000;
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual(['run2/1/0']);
    await queue.accept([email(1)], []);
    expect((await stored('run1/1/0'))?.status).toBe('unknown');
  });

  it('takes the answer of the server to the very attempt that was given up', async () => {
    const { token } = await queue.claim(1, LEASE_MS);
    await queue.markSending(token, ['run1/1/0'], LEASE_MS);
    now += LEASE_MS;
    await queue.giveUpLost();
    await queue.settle(token, [
      { id: 'run1/1/0', kind: 'postponed', dueAt: new Date(now), attempts: 1, reason: { code: 'email:postponed' } },
    ]);
    expect((await stored('run1/1/0'))?.status).toBe('unknown');
    await queue.settle(token, [{ id: 'run1/1/0', kind: 'sent', runId: 'run1' }]);
    const sent = await stored('run1/1/0');
    expect(sent).toMatchObject({ status: 'sent' });
    expect(sent?.reason).toBeUndefined();
  });

  it('fails a message whose words are gone instead of holding it for ever', async () => {
    await store.database.collection(queuedMessages).deleteOne({ _id: 'run1/1/0' });
    expect(ids(await queue.claim(9, LEASE_MS))).toEqual(['run2/1/0']);
    expect(await stored('run1/1/0')).toMatchObject({ status: 'failed', reason: { code: 'email:words-missing' } });
  });

  it('finds what it asks for by index', async () => {
    const records = store.database.collection(deliveries);
    const queries = [
      records.find({ status: 'planned', dueAt: { $lte: new Date() } }).sort({ status: 1, dueAt: 1 }),
      records.find({ status: 'sending', dueAt: { $lte: new Date() } }),
      records.find({ isUnreported: true, at: { $lte: new Date() } }).sort({ isUnreported: 1, at: 1 }),
      records.find({ profileId: 'p' }).sort({ at: -1, _id: -1 }),
      records.find({ flowId: 'f', provider: 'outbox', status: 'sent' }).sort({ at: -1, _id: -1 }),
      records.find({ provider: 'outbox', status: 'sent' }).sort({ at: -1, _id: -1 }),
    ];
    for (const query of queries) {
      const plan = JSON.stringify((await query.explain('queryPlanner')).queryPlanner.winningPlan);
      expect(plan).toContain('"IXSCAN"');
      expect(plan).not.toContain('"SORT"');
    }
  });
});

import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { DeliveryListener } from '../message-dispatch.ts';
import type { ClaimedEmail, MailQueue } from './mail-queue.ts';
import type { Settlement } from './settlement.ts';
import type { OutgoingEmail } from './outgoing-email.ts';
import type { ActiveProvider, ProviderSettings } from './provider-settings.ts';
import type { RetryPlan } from './retry-plan.ts';
import { sendChunk } from './send-chunk.ts';
import { createSmtpLine, type SmtpLine } from './smtp-line.ts';

/** Messages marked `sending` at once by one connection: so many may end `unknown` when the process dies. */
const CHUNK = 5;
const CLAIM_PER_CONNECTION = 40;
const CLAIM_FOR_OUTBOX = 500;

export interface QueueDrain {
  /** Claims what is due and sends it. `unavailable`: the server takes nothing; what was claimed is back in the queue. */
  drainOnce(signal: AbortSignal): Promise<'idle' | 'worked' | 'unavailable'>;
  hangUp(): void;
}

export interface DrainDeps {
  queue: MailQueue;
  settings: ProviderSettings;
  /** Takes what was queued when the provider has been changed to the built-in outbox since. */
  keepInOutbox(emails: readonly OutgoingEmail[]): Promise<void>;
  listener: DeliveryListener;
  clock: Clock;
  log: Logger;
  allowPrivateHosts: boolean;
  retry: RetryPlan;
  leaseMs: number;
}

/** One claim under way. */
interface Claim {
  token: string;
  smtp: Extract<ActiveProvider, { kind: 'smtp' }>['smtp'];
  waiting: ClaimedEmail[];
  /** Claimed and certainly not sent: may be given back. */
  unsent: Set<string>;
  /** Marked `sending` and not settled: nobody but their own line may say what became of them. */
  sending: Set<string>;
  /** Why the server takes nothing; ends the claim. */
  trouble?: string;
}

/**
 * As many connections as the provider allows; each takes its next chunk when it is done with the last one, so the pace
 * of the server is the pace of the sender.
 */
export function createQueueDrain(deps: DrainDeps): QueueDrain {
  const { queue, leaseMs } = deps;
  let lines: SmtpLine[] = [];
  let linesRevision = -1;

  return {
    async drainOnce(signal) {
      const provider = await deps.settings.active();
      const limit = provider.kind === 'smtp' ? CLAIM_PER_CONNECTION * provider.smtp.maxConnections : CLAIM_FOR_OUTBOX;
      const { token, emails } = await queue.claim(limit, leaseMs);
      if (emails.length === 0) return 'idle';
      if (provider.kind === 'outbox') {
        await moveToOutbox(token, emails);
        return 'worked';
      }
      connectAs(provider);
      const unsent = new Set(emails.map(({ delivery }) => delivery._id));
      const claim: Claim = { token, smtp: provider.smtp, waiting: [...emails], unsent, sending: new Set() };
      await sendClaim(claim, signal);
      if (claim.trouble === undefined) return 'worked';
      deps.log.warn({ server: claim.smtp.host, response: claim.trouble }, 'the mail server takes no messages');
      return 'unavailable';
    },
    hangUp,
  };

  async function sendClaim(claim: Claim, signal: AbortSignal): Promise<void> {
    const heartbeat = setInterval(() => keepHolding(claim), leaseMs / 3);
    // All lines end before anything is given back, also when one of them fails.
    const ends = await Promise.allSettled(lines.map((line) => sendOver(line, claim, signal)));
    clearInterval(heartbeat);
    await queue.release(claim.token, [...claim.unsent]);
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  }

  /** The share of one connection; ends when nothing waits, the sender stops or the server is in trouble. */
  async function sendOver(line: SmtpLine, claim: Claim, signal: AbortSignal): Promise<void> {
    while (!signal.aborted && claim.trouble === undefined && claim.waiting.length > 0) {
      // Connected first: while the server cannot be reached nothing needs to be marked.
      const problem = await line.open();
      if (problem) {
        claim.trouble = problem.response;
        return;
      }
      await sendNextChunk(line, claim);
    }
  }

  async function sendNextChunk(line: SmtpLine, claim: Claim): Promise<void> {
    const chunk = claim.waiting.splice(0, CHUNK);
    if (chunk.length === 0) return;
    const ids = chunk.map(({ delivery }) => delivery._id);
    const mine = await queue.markSending(claim.token, ids, leaseMs);
    for (const id of ids) claim.unsent.delete(id);
    for (const id of mine) claim.sending.add(id);
    const emails = chunk.filter(({ delivery }) => mine.has(delivery._id));
    const { retry, clock } = deps;
    const { settlements, unavailable } = await sendChunk(line, emails, { from: claim.smtp.from, retry, clock });
    const answered = new Set(settlements.map(({ id }) => id));
    for (const id of mine) if (!answered.has(id)) claim.unsent.add(id);
    if (unavailable !== undefined) claim.trouble = unavailable;
    await queue.settle(claim.token, settlements);
    for (const id of mine) claim.sending.delete(id);
    await report(settlements);
  }

  async function report(settlements: readonly Settlement[]): Promise<void> {
    const at = new Date(deps.clock.now());
    const sent = settlements.filter((settlement) => settlement.kind === 'sent');
    if (sent.length === 0) return;
    await deps.listener.sent(sent.map(({ id, runId }) => ({ effectId: id, runId, at })));
    await queue.markReported(sent.map(({ id }) => id));
  }

  async function moveToOutbox(token: string, emails: readonly ClaimedEmail[]): Promise<void> {
    await deps.keepInOutbox(emails);
    const settlements = emails.map(
      ({ delivery }): Settlement => ({ id: delivery._id, kind: 'sent', runId: delivery.runId, provider: 'outbox' }),
    );
    await queue.settle(token, settlements);
    await report(settlements);
  }

  function keepHolding({ token, unsent, sending }: Claim): void {
    queue.extend(token, [...unsent, ...sending], leaseMs).catch((error: unknown) => {
      deps.log.warn(
        { err: error },
        'the hold on messages could not be extended; another sender may take those not begun',
      );
    });
  }

  function connectAs(provider: Extract<ActiveProvider, { kind: 'smtp' }>): void {
    if (provider.revision === linesRevision) return;
    hangUp();
    const access = { smtp: provider.smtp, password: provider.password, allowPrivate: deps.allowPrivateHosts };
    lines = Array.from({ length: provider.smtp.maxConnections }, () => createSmtpLine(access));
    linesRevision = provider.revision;
  }

  function hangUp(): void {
    for (const line of lines) line.close();
    lines = [];
    linesRevision = -1;
  }
}

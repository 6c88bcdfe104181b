import type { Clock } from '@sluice/shared/time';
import { composeMime } from './compose-mime.ts';
import { emailReason } from './email-reason.ts';
import type { ClaimedEmail } from './mail-queue.ts';
import type { Settlement } from './settlement.ts';
import { readSender } from './provider-settings.ts';
import type { RetryPlan } from './retry-plan.ts';
import type { SmtpLine } from './smtp-line.ts';
import type { SmtpOutcome } from './smtp-outcome.ts';

export interface ChunkResult {
  /** One per message that got an answer; the others were certainly not sent and may be given back. */
  settlements: Settlement[];
  /** Why the server takes nothing any more. */
  unavailable?: string;
}

/** Sends messages that are marked `sending`, one after the other over one line. Never throws for a single message. */
export async function sendChunk(
  line: SmtpLine,
  emails: readonly ClaimedEmail[],
  options: { from: string; retry: RetryPlan; clock: Clock },
): Promise<ChunkResult> {
  const sender = readSender(options.from);
  const settlements: Settlement[] = [];
  for (const email of emails) {
    const outcome = await sendOne(line, email, sender, options.clock);
    if (outcome.kind === 'unavailable') return { settlements, unavailable: outcome.response };
    settlements.push(toSettlement(email, outcome, options.retry));
  }
  return { settlements };
}

async function sendOne(
  line: SmtpLine,
  { delivery, html, text, fromName }: ClaimedEmail,
  sender: { name: string; address: string },
  clock: Clock,
): Promise<SmtpOutcome> {
  const { _id: id, to, subject } = delivery;
  const from = { name: fromName ?? sender.name, address: sender.address };
  const message = await composeMime({ id, from, to, subject, html, text, at: new Date(clock.now()) });
  const envelope = { from: sender.address, to };
  const first = await openAndSend(line, envelope, message);
  // A kept connection is often closed by the server while it idles; not a byte went out, so a fresh one may try.
  return first.kind === 'not-begun' ? openAndSend(line, envelope, message) : first;
}

async function openAndSend(
  line: SmtpLine,
  envelope: { from: string; to: string },
  message: Buffer,
): Promise<SmtpOutcome> {
  return (await line.open()) ?? line.send(envelope, message);
}

function toSettlement(email: ClaimedEmail, outcome: SmtpOutcome, retry: RetryPlan): Settlement {
  const { _id: id, runId } = email.delivery;
  const { response } = outcome;
  switch (outcome.kind) {
    case 'accepted':
      return { id, kind: 'sent', runId };
    case 'refused':
      return { id, kind: 'failed', reason: emailReason('email:refused', { response }) };
    case 'unknown':
      return { id, kind: 'unknown', reason: emailReason('email:connection-lost', { response }) };
    default: {
      const attempts = email.attempts + 1;
      const dueAt = retry.next(attempts);
      return dueAt
        ? {
            id,
            kind: 'postponed',
            dueAt,
            attempts,
            reason: emailReason('email:postponed', { response, attempts }),
          }
        : { id, kind: 'failed', reason: emailReason('email:gave-up', { response, attempts }) };
    }
  }
}

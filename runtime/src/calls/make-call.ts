import type { KeyObject } from 'node:crypto';
import type { CallFailure } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { HttpClient, HttpOutcome } from '../outbound/http-client.ts';
import { delayBefore, readRetryAfter } from './call-pace.ts';
import type { ClaimedCall } from './call-queue.ts';
import { readAnswer } from './read-answer.ts';
import type { ActiveService } from './service-register.ts';
import type { Settlement } from './settlement.ts';
import { receiverOf, signatureOf, signingSecretOf } from './sign-call.ts';

/** What of an answer is kept to be looked at. */
const KEPT_CHARACTERS = 2000;
const WEBHOOK_ANSWER_BYTES = 16 * 1024;
const TOO_LONG = `The answer has more than ${WEBHOOK_ANSWER_BYTES} bytes`;
const SERVICE_ANSWER_BYTES = 256 * 1024;

export interface CallMaker {
  /** One attempt. Never throws. `service` is the one that the call asks, if it still exists. */
  make(call: ClaimedCall, service: ActiveService | undefined): Promise<Settlement>;
}

export function createCallMaker(deps: {
  client: HttpClient;
  secretKey: KeyObject;
  clock: Clock;
  random?: () => number;
}): CallMaker {
  const { client, secretKey, clock, random = Math.random } = deps;
  const secrets = new Map<string, string>();

  return {
    async make(call, service) {
      const leftMs = call.giveUpAt.getTime() - clock.now();
      if (leftMs <= 0) return { kind: 'failed', failure: call.failure ?? { code: 'expired' } };
      const problem = call.serviceId === undefined ? undefined : problemOf(call, service);
      if (problem !== undefined) return { kind: 'failed', failure: { code: 'service-unusable', detail: problem } };
      const { method, url, body } = call.request;
      const startedAt = clock.now();
      const outcome = await client.send({
        method,
        url,
        headers: headersOf(call, service),
        ...(body !== undefined && { body }),
        timeoutMs: Math.min(call.timeoutMs, leftMs),
        maxAnswerBytes: service ? SERVICE_ANSWER_BYTES : WEBHOOK_ANSWER_BYTES,
      });
      return judge(call, service, outcome, clock.now() - startedAt);
    },
  };

  function headersOf(call: ClaimedCall, service: ActiveService | undefined): Record<string, string> {
    const { headers, body = '' } = call.request;
    return {
      'user-agent': 'Sluice',
      ...headers,
      ...(service?.secret !== undefined && { [service.definition.secretHeader.toLowerCase()]: service.secret }),
      'idempotency-key': call._id,
      'sluice-signature': signatureOf(secretFor(receiverOf(call)), body, clock.now()),
    };
  }

  /** Derived once for each receiver: there are as many as services and addresses in flows. */
  function secretFor(receiver: string): string {
    const secret = secrets.get(receiver) ?? signingSecretOf(secretKey, receiver);
    secrets.set(receiver, secret);
    return secret;
  }

  function judge(call: ClaimedCall, service: ActiveService | undefined, outcome: HttpOutcome, ms: number): Settlement {
    if (outcome.kind === 'address-refused')
      return { kind: 'failed', failure: { code: 'address-refused', detail: outcome.detail } };
    if (outcome.kind !== 'answered') return again(call, { code: outcome.kind, detail: outcome.detail });
    const { status, text, isCut } = outcome;
    const answer = { status, ms, text: text.slice(0, KEPT_CHARACTERS) };
    if (status === 408 || status === 425 || status === 429 || status >= 500)
      return again(call, { code: 'turned-down', status }, answer, readRetryAfter(outcome.retryAfter, clock.now()));
    if (status >= 400) return { kind: 'failed', failure: { code: 'refused', status }, answer };
    if (status >= 300) return { kind: 'failed', failure: { code: 'redirected', status }, answer };
    if (!service && call.keepsBody && isCut)
      return { kind: 'failed', failure: { code: 'bad-answer', status, detail: TOO_LONG }, answer };
    if (!service) return { kind: 'done', answer, value: { status, ...(call.keepsBody && { body: text }) } };
    const read = isCut
      ? { isOk: false as const, detail: `The answer has more than ${SERVICE_ANSWER_BYTES} bytes` }
      : readAnswer(text, service.definition);
    if (read.isOk) return { kind: 'done', answer, value: { status, ...read.answer } };
    return { kind: 'failed', failure: { code: 'bad-answer', status, detail: read.detail }, answer };
  }

  /** Another attempt while there is one left and its answer would still be of use. */
  function again(
    call: ClaimedCall,
    failure: CallFailure,
    answer?: { status: number; ms: number; text: string },
    retryAfterMs?: number,
  ): Settlement {
    const attempts = call.attempts + 1;
    const delayMs = delayBefore(attempts, { baseMs: call.retryBaseMs, retryAfterMs, random });
    const dueAt = new Date(clock.now() + delayMs);
    const seen = { failure, ...(answer && { answer }) };
    return attempts >= call.maxAttempts || dueAt >= call.giveUpAt
      ? { kind: 'failed', ...seen }
      : { kind: 'again', ...seen, dueAt };
  }
}

/** The secret of a service goes to its own origin only, also when calls were planned before it moved. */
function problemOf(call: ClaimedCall, service: ActiveService | undefined): string | undefined {
  if (!service) return 'The service was deleted';
  if (service.origin !== call.origin) return 'The service has moved to another address since the call was planned';
  return service.problem;
}

import type { MockReply, ServiceDefinition } from '@sluice/shared/http-api';
import type { EffectResult } from '@sluice/shared/node-contract';
import { readAnswer } from '../calls/read-answer.ts';
import { toFailedResult } from '../calls/settlement.ts';
import type { Draw } from '@sluice/shared/random';

/** A receiver that nobody has set up an answer for takes what it is told. */
const TAKEN: MockReply = { kind: 'answer', status: 200, body: '{}', latencyMs: 0 };
const NONE: MockReply = { kind: 'failure', code: 'unreachable' };

/** Which of the replies, by share, a call gets; the rest of the shares fails. */
export function drawReply(
  replies: readonly { share: number; reply: MockReply }[] | undefined,
  isService: boolean,
  draw: Draw,
): MockReply {
  if (!replies || replies.length === 0) return isService ? NONE : TAKEN;
  let left = draw();
  for (const { share, reply } of replies) {
    if (left < share) return reply;
    left -= share;
  }
  return NONE;
}

/** What a reply means for the step that waits, and how long it takes; attempts that are made again are left out. */
export function resultOf(
  reply: MockReply,
  contract: Pick<ServiceDefinition, 'fields' | 'decides'> | undefined,
): { result: EffectResult; latencyMs: number } {
  if (reply.kind === 'failure') return { result: toFailedResult({ code: reply.code }), latencyMs: 0 };
  if (reply.kind === 'silence') return { result: toFailedResult({ code: 'timed-out' }), latencyMs: 0 };
  const { status, body, latencyMs } = reply;
  if (status >= 300) {
    const code = status < 400 ? 'redirected' : status < 500 && status !== 429 ? 'refused' : 'turned-down';
    return { result: toFailedResult({ code, status }), latencyMs };
  }
  if (!contract) return { result: { isOk: true, value: { status } }, latencyMs };
  const read = readAnswer(body, contract);
  const result: EffectResult = read.isOk
    ? { isOk: true, value: { status, ...read.answer } }
    : toFailedResult({ code: 'bad-answer', status });
  return { result, latencyMs };
}

import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@sluice/shared/errors';
import type { EmailCompiler } from '../../content/email-compiler.ts';
import type { CompiledEmail } from '../../content/email-content.ts';
import type { SignedLinks } from '../../links/signed-links.ts';
import type { Database } from '../../stores/database.ts';
import { deliveries } from '../delivery-record.ts';
import type { MessageDispatch, SendRequest, SendResult } from '../message-dispatch.ts';
import { isEmailAddress } from './email-address.ts';
import { emailReason } from './email-reason.ts';
import { type EmailParams, readEmailParams } from './email-params.ts';
import type { DeliveryDraft, EmailProviderPort, HeldBackEmail, OutgoingEmail } from './outgoing-email.ts';
import type { ProviderSettings } from './provider-settings.ts';

/** Messages rendered before others get a turn of the event loop; some milliseconds of work. */
const RENDERS_PER_TURN = 100;

type PreparedNode = { params: EmailParams; compiled: CompiledEmail } | { problem: string };

/**
 * Renders a batch and hands it to the provider of the moment in bulk: whatever the size of the batch, one query for the
 * provider and one insert each for messages and deliveries.
 */
export function createEmailDispatch(deps: {
  database: Database;
  compiler: EmailCompiler;
  links: SignedLinks;
  settings: ProviderSettings;
  outbox: EmailProviderPort;
  queue: EmailProviderPort;
  /** Told when messages for an external provider are in the queue. */
  onQueued(): void;
}): MessageDispatch {
  const records = deps.database.collection(deliveries);

  return {
    async dispatch(requests) {
      const unique = withoutRepeats(requests);
      if (unique.length === 0) return [];
      const { kind } = await deps.settings.read();
      const provider = kind === 'smtp' ? deps.queue : deps.outbox;
      const { outgoing, heldBack } = await prepare(unique);
      const known = await provider.accept(outgoing, heldBack);
      if (kind === 'smtp' && outgoing.length > 0) deps.onQueued();
      const results = new Map<string, SendResult>();
      for (const { delivery } of outgoing)
        results.set(delivery._id, { effectId: delivery._id, status: provider.acceptedStatus });
      for (const { delivery, status } of heldBack)
        results.set(delivery._id, { effectId: delivery._id, status, reason: delivery.reason });
      if (known.size > 0) for (const result of await findStored([...known])) results.set(result.effectId, result);
      return unique.flatMap(({ effectId }) => results.get(effectId) ?? []);
    },
  };

  async function prepare(requests: readonly SendRequest[]): Promise<{
    outgoing: OutgoingEmail[];
    heldBack: HeldBackEmail[];
  }> {
    const nodes = new Map<SendRequest['content'], PreparedNode>();
    for (const { content } of requests) if (!nodes.has(content)) nodes.set(content, await prepareNode(content));
    const outgoing: OutgoingEmail[] = [];
    const heldBack: HeldBackEmail[] = [];
    for (const [index, request] of requests.entries()) {
      if (index % RENDERS_PER_TURN === RENDERS_PER_TURN - 1) await nextTurn();
      const email = renderRequest(request, nodes.get(request.content) as PreparedNode);
      if ('status' in email) heldBack.push(email);
      else outgoing.push(email);
    }
    return { outgoing, heldBack };
  }

  /** Content that does not compile fails its messages, each with the reason, and not the batch of runs (RUN-10). */
  async function prepareNode(content: SendRequest['content']): Promise<PreparedNode> {
    try {
      const params = readEmailParams(content);
      const { subject, body: mjml, preheader } = params;
      return { params, compiled: await deps.compiler.compile({ subject, mjml, ...(preheader && { preheader }) }) };
    } catch (error) {
      return { problem: sentenceOf(error) };
    }
  }

  function renderRequest(request: SendRequest, node: PreparedNode): OutgoingEmail | HeldBackEmail {
    const draft = draftOf(request);
    if ('problem' in node) return hold(draft, 'failed', 'email:content-invalid', { problem: node.problem });
    const { params, compiled } = node;
    const address = request.profile.attributes[params.to];
    if (address === undefined || address === null || address === '')
      return hold(draft, 'suppressed', 'email:no-address', { attribute: params.to });
    const to = String(address).trim();
    if (typeof address !== 'string' || !isEmailAddress(to))
      return hold({ ...draft, to: to.slice(0, 254) }, 'suppressed', 'email:invalid-address', { attribute: params.to });
    try {
      const facts = { profile: request.profile, flow: { id: request.flowId, version: request.version } };
      const { subject, html, text } = deps.compiler.render(compiled, facts, deps.links.writerFor(request.effectId));
      return { delivery: { ...draft, to, subject }, html, text, ...(params.fromName && { fromName: params.fromName }) };
    } catch (error) {
      return hold({ ...draft, to }, 'failed', 'email:content-invalid', { problem: sentenceOf(error) });
    }
  }

  async function findStored(ids: string[]): Promise<SendResult[]> {
    const stored = await records.find({ _id: { $in: ids } }, { projection: { status: 1, reason: 1 } }).toArray();
    return stored.map(({ _id: effectId, status, reason }) => ({ effectId, status, ...(reason && { reason }) }));
  }
}

function draftOf({ effectId, runId, flowId, version, nodeId, profile }: SendRequest): DeliveryDraft {
  return {
    _id: effectId,
    runId,
    flowId,
    version,
    nodeId,
    profileId: profile.id,
    channel: 'email',
    to: '',
    subject: '',
  };
}

function hold(
  draft: DeliveryDraft,
  status: HeldBackEmail['status'],
  code: Parameters<typeof emailReason>[0],
  values: Record<string, string>,
): HeldBackEmail {
  return { delivery: { ...draft, reason: emailReason(code, values) }, status };
}

/** Only what a person can mend is a reason; anything else is a bug and must stop the batch. */
function sentenceOf(error: unknown): string {
  if (error instanceof AppError && error.kind === 'user') return error.message;
  throw error;
}

function withoutRepeats(requests: readonly SendRequest[]): SendRequest[] {
  return [...new Map(requests.map((request) => [request.effectId, request])).values()];
}

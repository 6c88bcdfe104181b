import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '@sluice/shared/errors';
import type { EmailCompiler } from '../../content/email-compiler.ts';
import type { CompiledEmail } from '../../content/email-content.ts';
import type { Related, RelatedRows } from '../../datasets/related.ts';
import type { SignedLinks } from '../../links/signed-links.ts';
import type { SendRequest } from '../message-dispatch.ts';
import { isEmailAddress } from './email-address.ts';
import { emailReason } from './email-reason.ts';
import { type EmailParams, readEmailParams } from './email-params.ts';
import type { DeliveryDraft, HeldBackEmail, OutgoingEmail } from './outgoing-email.ts';

/** Messages rendered before others get a turn of the event loop; some milliseconds of work. */
const RENDERS_PER_TURN = 100;

type PreparedNode = { params: EmailParams; compiled: CompiledEmail } | { problem: string };

/** What a batch of requests comes to, in their order. */
export interface RenderedBatch {
  outgoing: OutgoingEmail[];
  heldBack: HeldBackEmail[];
}

/** Renders messages for their receivers, or says why there is nothing to send. Without `links` nothing is tracked. */
export function createEmailRenderer(deps: { compiler: EmailCompiler; links?: SignedLinks; related?: RelatedRows }) {
  return { render };

  async function render(requests: readonly SendRequest[]): Promise<RenderedBatch> {
    const nodes = new Map<SendRequest['content'], PreparedNode>();
    for (const { content } of requests) if (!nodes.has(content)) nodes.set(content, await prepareNode(content));
    const related = await readRelated(requests, nodes);
    const outgoing: OutgoingEmail[] = [];
    const heldBack: HeldBackEmail[] = [];
    for (const [index, request] of requests.entries()) {
      if (index % RENDERS_PER_TURN === RENDERS_PER_TURN - 1) await nextTurn();
      const own = related.get(request.profile.id);
      const email = renderRequest(request, nodes.get(request.content) as PreparedNode, own);
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

  /** What the messages of the batch look up, in one go. */
  async function readRelated(requests: readonly SendRequest[], nodes: ReadonlyMap<unknown, PreparedNode>) {
    const lookups = [...nodes.values()].flatMap((node) => ('compiled' in node ? node.compiled.lookups : []));
    if (lookups.length === 0 || !deps.related) return new Map<string, Related>();
    return deps.related(
      lookups,
      requests.map(({ profile }) => profile.id),
    );
  }

  function renderRequest(
    request: SendRequest,
    node: PreparedNode,
    related: Related | undefined,
  ): OutgoingEmail | HeldBackEmail {
    const draft = draftOf(request);
    if ('problem' in node) return hold(draft, 'failed', 'email:content-invalid', { problem: node.problem });
    const { params, compiled } = node;
    const { to, problem } = readAddress(request.profile.attributes[params.to]);
    if (problem) return hold({ ...draft, to }, 'suppressed', problem, { attribute: params.to });
    try {
      const facts = { profile: request.profile, flow: { id: request.flowId, version: request.version }, related };
      const { subject, html, text } = deps.compiler.render(compiled, facts, deps.links?.writerFor(request.effectId));
      return { delivery: { ...draft, to, subject }, html, text, ...(params.fromName && { fromName: params.fromName }) };
    } catch (error) {
      return hold({ ...draft, to }, 'failed', 'email:content-invalid', { problem: sentenceOf(error) });
    }
  }
}

/** The address that an attribute holds, or why nothing can be sent there. */
export function readAddress(value: unknown): { to: string; problem?: 'email:no-address' | 'email:invalid-address' } {
  if (value === undefined || value === null || value === '') return { to: '', problem: 'email:no-address' };
  const to = String(value).trim();
  if (typeof value === 'string' && isEmailAddress(to)) return { to };
  return { to: to.slice(0, 254), problem: 'email:invalid-address' };
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

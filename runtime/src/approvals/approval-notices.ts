import type { Logger } from 'pino';
import type { Accounts } from '../access/accounts.ts';
import type { TestSender } from '../channels/email/test-message.ts';
import type { FlowDrafts } from '../flows/flow-drafts.ts';
import type { Database } from '../stores/database.ts';
import { type ApprovalRecord, approvals } from './approval-record.ts';

/** Of those who may decide; the list and its count in the menu reach the rest. */
const MOST_READERS = 50;
const OUTCOMES = {
  approved: ['was approved and published', '已通过并发布'],
  'sent-back': ['was sent back', '被退回'],
} as const;

/** Tells by e-mail who may decide that something waits, and whoever asked what was decided. */
export interface ApprovalNotices {
  /** Each notice at most once: a kill while it is sent loses it, and the list of requests still has it. */
  tell(): Promise<void>;
}

export function createApprovalNotices(deps: {
  database: Database;
  log: Logger;
  accounts: Pick<Accounts, 'list'>;
  drafts: Pick<FlowDrafts, 'get'>;
  sender: Pick<TestSender, 'send'>;
  publicUrl: string;
}): ApprovalNotices {
  const stored = deps.database.collection(approvals);

  async function readersOf({ requestedBy }: ApprovalRecord, about: 'asked' | 'decided'): Promise<string[]> {
    const accounts = await deps.accounts.list();
    const readers = accounts.filter(({ id, role }) =>
      about === 'decided'
        ? id === requestedBy.id
        : id !== requestedBy.id && ['administrator', 'operator'].includes(role),
    );
    return readers.slice(0, MOST_READERS).map(({ email }) => email);
  }

  return {
    async tell() {
      const found = await stored.find({ untold: { $exists: true } }).toArray();
      for (const request of found) {
        const { untold } = request;
        if (!untold) continue;
        const { modifiedCount } = await stored.updateOne({ _id: request._id, untold }, { $unset: { untold: true } });
        if (modifiedCount === 0) continue;
        const { name } = await deps.drafts.get(request.flowId);
        const words = wordsOf(request, untold, name, `${deps.publicUrl}/approvals/${request._id}`);
        for (const email of words ? await readersOf(request, untold) : []) {
          const sent = await deps.sender
            .send(email, words)
            .catch((error: unknown) => ({ isSent: false, detail: error }));
          if (!sent.isSent)
            deps.log.warn({ approval: request._id, detail: sent.detail }, 'a notice of an approval was not accepted');
        }
      }
    },
  };
}

/** Whoever reads it may have either language: both stand in the message. Nothing to say of what was withdrawn meanwhile. */
function wordsOf(request: ApprovalRecord, about: 'asked' | 'decided', flow: string, url: string) {
  const { state, requestedBy, note, decision } = request;
  const isDecided = about === 'decided' && (state === 'approved' || state === 'sent-back');
  if (!isDecided && !(about === 'asked' && state === 'open')) return undefined;
  const [english, chinese] = isDecided
    ? OUTCOMES[state as keyof typeof OUTCOMES]
    : [`waits for approval; ${requestedBy.name} asks`, `等待审批，由 ${requestedBy.name} 提交`];
  const said = isDecided ? [decision?.by.name, decision?.comment].filter(Boolean).join(': ') : note;
  const text = [`“${flow}” ${english}.`, `“${flow}”${chinese}。`, ...(said ? [said] : []), url].join('\n\n');
  const escaped = text.replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? sign);
  return {
    subject: `${flow} ${english} · ${chinese}`.replace(/[\r\n]+/g, ' ').slice(0, 200),
    text,
    html: `<!doctype html><html><body><p>${escaped.replaceAll('\n', '<br>')}</p></body></html>`,
  };
}

import type { KeyObject } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import { createSecretToken, hashToken, isSameToken } from '../access/secret-token.ts';
import { openText, sealText } from '../secrets/sealed-text.ts';
import type { Database } from '../stores/database.ts';
import { type HookRecord, hookIdOf, hooks } from './hook-record.ts';

/** The addresses of the triggers of a flow, and the secrets their senders sign with. */
export interface Hooks {
  /** By node; only triggers that have an address. Throws `secret-unreadable` under another SECRET_KEY. */
  ofFlow(flowId: string): Promise<Map<string, { path: string; hasSecret: boolean }>>;
  /** Makes the first address, or a new one in place of the old, which answers nobody from then on. The secret stays. */
  renewAddress(flowId: string, node: string): Promise<{ path: string; hasSecret: boolean }>;
  /** Takes the sender's own secret, or makes one up. The answer is the only time it is readable. Throws `not-found`. */
  setSecret(flowId: string, node: string, given?: string): Promise<string>;
  find(token: string): Promise<HookRecord | undefined>;
  /** undefined where none was set. Throws `secret-unreadable`. */
  secretOf(hook: HookRecord): string | undefined;
}

export function createHooks(deps: { database: Database; clock: Clock; secretKey: KeyObject }): Hooks {
  const { secretKey } = deps;
  const stored = deps.database.collection(hooks);
  const tokenPlace = (id: string) => `hooks/${id}/address`;
  const secretPlace = (id: string) => `hooks/${id}/secret`;
  const now = () => new Date(deps.clock.now());

  return {
    async ofFlow(flowId) {
      const found = await stored.find({ flowId }).toArray();
      return new Map(
        found.map(({ _id, node, token, secret }) => [
          node,
          { path: pathOf(openText(secretKey, tokenPlace(_id), token)), hasSecret: secret !== undefined },
        ]),
      );
    },
    async renewAddress(flowId, node) {
      const _id = hookIdOf(flowId, node);
      const token = createSecretToken();
      const address = { tokenHash: hashToken(token), token: sealText(secretKey, tokenPlace(_id), token) };
      const record = await stored.findOneAndUpdate(
        { _id },
        { $set: { flowId, node, ...address, changedAt: now() } },
        { upsert: true, returnDocument: 'after' },
      );
      return { path: pathOf(token), hasSecret: record?.secret !== undefined };
    },
    async setSecret(flowId, node, given) {
      const _id = hookIdOf(flowId, node);
      const secret = given ?? createSecretToken();
      const { matchedCount } = await stored.updateOne(
        { _id },
        { $set: { secret: sealText(secretKey, secretPlace(_id), secret), changedAt: now() } },
      );
      if (matchedCount === 0)
        throw new AppError('not-found', 'This trigger has no address yet; make one first', {
          details: { what: 'hook', id: node },
        });
      return secret;
    },
    async find(token) {
      const found = await stored.findOne({ tokenHash: hashToken(token) });
      return found && isSameToken(token, found.tokenHash) ? found : undefined;
    },
    secretOf: ({ _id, secret }) => secret && openText(secretKey, secretPlace(_id), secret),
  };
}

function pathOf(token: string): string {
  return `/hooks/${token}`;
}

import type { EmailCompiler } from '../../content/email-compiler.ts';
import type { SignedLinks } from '../../links/signed-links.ts';
import type { Database } from '../../stores/database.ts';
import type { RelatedRows } from '../../datasets/related.ts';
import { deliveries } from '../delivery-record.ts';
import type { MessageDispatch, SendRequest, SendResult } from '../message-dispatch.ts';
import type { EmailProviderPort } from './outgoing-email.ts';
import type { ProviderSettings } from './provider-settings.ts';
import { createEmailRenderer } from './render-emails.ts';

/**
 * Renders a batch and hands it to the provider of the moment in bulk: whatever the size of the batch, one query for the
 * provider and one insert each for messages and deliveries.
 */
export function createEmailDispatch(deps: {
  database: Database;
  compiler: EmailCompiler;
  links: SignedLinks;
  related?: RelatedRows;
  settings: ProviderSettings;
  outbox: EmailProviderPort;
  queue: EmailProviderPort;
  /** Told when messages for an external provider are in the queue. */
  onQueued(): void;
}): MessageDispatch {
  const records = deps.database.collection(deliveries);
  const renderer = createEmailRenderer(deps);

  return {
    async dispatch(requests) {
      const unique = withoutRepeats(requests);
      if (unique.length === 0) return [];
      const { kind } = await deps.settings.read();
      const provider = kind === 'smtp' ? deps.queue : deps.outbox;
      const { outgoing, heldBack } = await renderer.render(unique);
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

  async function findStored(ids: string[]): Promise<SendResult[]> {
    const stored = await records.find({ _id: { $in: ids } }, { projection: { status: 1, reason: 1 } }).toArray();
    return stored.map(({ _id: effectId, status, reason }) => ({ effectId, status, ...(reason && { reason }) }));
  }
}

function withoutRepeats(requests: readonly SendRequest[]): SendRequest[] {
  return [...new Map(requests.map((request) => [request.effectId, request])).values()];
}

import type { KeyObject } from 'node:crypto';
import { deliveries } from '../channels/delivery-record.ts';
import { createEmailChannel } from '../channels/email/email-channel.ts';
import { createOutbox } from '../channels/email/outbox.ts';
import { createTestSender } from '../channels/email/test-message.ts';
import type { DeliveryListener } from '../channels/message-dispatch.ts';
import type { Config } from '../config.ts';
import { createEmailCompiler } from '../content/email-compiler.ts';
import type { RelatedSource } from '../datasets/related.ts';
import type { EventLog } from '../ingest/event-log.ts';
import { loadLinkSecret } from '../links/link-secret.ts';
import { createLinkTracker } from '../links/link-tracker.ts';
import { createSignedLinks } from '../links/signed-links.ts';
import type { Core } from './core.ts';

/** Messages: what they say, who carries them, and what their readers do. */
export async function composeMessages(
  core: Core,
  config: Config,
  parts: { eventLog: EventLog; listener: DeliveryListener; secretKey: KeyObject; related: RelatedSource },
) {
  const { eventLog, listener, secretKey, related } = parts;
  const { database } = core;
  const compiler = createEmailCompiler({ timeZone: config.timeZone });
  const links = createSignedLinks({ secret: await loadLinkSecret(database), publicUrl: config.publicUrl });
  const { allowPrivateHosts } = config;
  const channel = createEmailChannel({
    ...core,
    compiler,
    links,
    related: (lookups, ids) => related.of(lookups, ids, { now: core.clock.now(), timeZone: config.timeZone }),
    secretKey,
    listener,
    allowPrivateHosts,
  });
  return {
    compiler,
    channel,
    testSender: createTestSender({
      ...core,
      settings: channel.settings,
      outbox: createOutbox(core),
      allowPrivateHosts,
    }),
    tracker: createLinkTracker({
      ...core,
      links,
      recorder: { record: async (events) => void (await eventLog.recordEvents(events)) },
      findOrigin: async (deliveryId) =>
        (await database
          .collection(deliveries)
          .findOne({ _id: deliveryId }, { projection: { profileId: 1, flowId: 1, version: 1, nodeId: 1, _id: 0 } })) ??
        undefined,
    }),
  };
}

import { createHash } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { EMAIL_OPENED, LINK_CLICKED } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { SignedLinks } from './signed-links.ts';
import { isPersonalVisit, isShownImage, type Visit } from './visitor.ts';

/** Takes events of the product itself; a messageId that is already stored changes nothing. */
export interface EventRecorder {
  record(
    events: readonly {
      profileId: string;
      name: string;
      properties: Record<string, unknown>;
      at: Date;
      messageId: string;
    }[],
  ): Promise<void>;
}

/** What the tracker must know of a delivery; undefined when it is not stored (any more). */
export interface DeliveryOrigin {
  profileId: string;
  flowId: string;
  version: number;
  nodeId: string;
}
export type FindDeliveryOrigin = (deliveryId: string) => Promise<DeliveryOrigin | undefined>;

export interface LinkTracker {
  /** Where a link leads; records the click of a person. Throws `link-invalid` for a token that is not ours. */
  follow(token: string, visit: Visit): Promise<{ url: string }>;
  /** Records an open. Throws `link-invalid` for a token that is not ours. */
  open(token: string, visit: Visit): Promise<void>;
}

export function createLinkTracker(deps: {
  links: SignedLinks;
  recorder: EventRecorder;
  findOrigin: FindDeliveryOrigin;
  clock: Clock;
  log: Logger;
}): LinkTracker {
  return {
    async follow(token, visit) {
      const link = deps.links.readLink(token);
      if (!link) throw new AppError('link-invalid', 'This link is incomplete or was changed; open it from the message');
      const { deliveryId, url } = link;
      if (isPersonalVisit(visit)) await record(LINK_CLICKED, deliveryId, { url });
      return { url };
    },
    async open(token, visit) {
      const pixel = deps.links.readPixel(token);
      if (!pixel) throw new AppError('link-invalid', 'This image address is incomplete or was changed');
      if (isShownImage(visit)) await record(EMAIL_OPENED, pixel.deliveryId, {});
    },
  };

  /** Never throws: a person who clicks must arrive although the event cannot be stored. */
  async function record(name: string, deliveryId: string, properties: Record<string, unknown>): Promise<void> {
    try {
      const origin = await deps.findOrigin(deliveryId);
      if (!origin) {
        deps.log.info({ deliveryId, event: name }, 'a tracked link of an unknown delivery was used');
        return;
      }
      const { profileId, ...source } = origin;
      const at = deps.clock.now();
      await deps.recorder.record([
        {
          profileId,
          name,
          properties: { ...source, deliveryId, ...properties },
          at: new Date(at),
          messageId: messageIdOf(name, deliveryId, properties, at),
        },
      ]);
    } catch (error) {
      deps.log.error({ err: error, deliveryId, event: name }, 'a click or open could not be recorded');
    }
  }
}

/** Mail programs load the pixel two or three times at once, and people double-click: one event a second. */
function messageIdOf(name: string, deliveryId: string, properties: object, at: number): string {
  const second = Math.floor(at / 1000);
  return createHash('sha256')
    .update(JSON.stringify([name, deliveryId, properties, second]))
    .digest('base64url');
}

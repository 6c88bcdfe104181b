import type { KeyObject } from 'node:crypto';
import type { Clock } from '@sluice/shared/time';
import type { Logger } from 'pino';
import type { EmailCompiler } from '../../content/email-compiler.ts';
import type { SignedLinks } from '../../links/signed-links.ts';
import type { Database } from '../../stores/database.ts';
import type { RelatedRows } from '../../datasets/related.ts';
import type { DeliveryListener, MessageDispatch } from '../message-dispatch.ts';
import { createEmailDispatch } from './email-dispatch.ts';
import { createMailQueue } from './mail-queue.ts';
import { createMailSender, type MailSender, type SenderTiming } from './mail-sender.ts';
import { createOutbox, keepInOutbox } from './outbox.ts';
import { createProviderSettings, type ProviderSettings } from './provider-settings.ts';

/** E-mail as the rest of the product sees it. */
export interface EmailChannel {
  dispatch: MessageDispatch;
  /** Sends what an external provider is to get; start it in every process that may send. */
  sender: MailSender;
  settings: ProviderSettings;
}

export interface EmailChannelDeps {
  database: Database;
  compiler: EmailCompiler;
  links: SignedLinks;
  related?: RelatedRows;
  secretKey: KeyObject;
  listener: DeliveryListener;
  clock: Clock;
  log: Logger;
  /** Whether an SMTP server may have a private address. */
  allowPrivateHosts: boolean;
  timing?: Partial<SenderTiming>;
}

export function createEmailChannel(deps: EmailChannelDeps): EmailChannel {
  const { database, clock } = deps;
  const settings = createProviderSettings(deps);
  const queue = createMailQueue({ database, clock });
  const sender = createMailSender({
    ...deps,
    queue,
    settings,
    keepInOutbox: (emails) => keepInOutbox(database, emails),
  });
  const dispatch = createEmailDispatch({
    ...deps,
    settings,
    outbox: createOutbox({ database, clock }),
    queue,
    onQueued: () => sender.wake(),
  });
  return { dispatch, sender, settings };
}

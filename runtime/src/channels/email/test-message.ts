import { AppError } from '@sluice/shared/errors';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { composeMime } from './compose-mime.ts';
import { isEmailAddress } from './email-address.ts';
import type { EmailProviderPort } from './outgoing-email.ts';
import { type ProviderSettings, readSender } from './provider-settings.ts';
import { createSmtpLine } from './smtp-line.ts';

export interface TestSender {
  /**
   * Sends one message through the stored provider, at once and past the queue; without words of its own it is a test.
   * `detail` is the server's own sentence.
   */
  send(
    to: string,
    words?: { subject: string; text: string; html: string },
  ): Promise<{ isSent: boolean; detail: string }>;
}

/** Whoever tests may not have chosen a language yet: both stand in the message. */
const SUBJECT = 'Sluice test · 渠成测试邮件';
const TEXT = 'E-mail from Sluice arrives here.\n\n渠成的邮件可以送达这里。';
const HTML =
  '<!doctype html><html><body><p>E-mail from Sluice arrives here.</p><p>渠成的邮件可以送达这里。</p></body></html>';

export function createTestSender(deps: {
  settings: ProviderSettings;
  outbox: EmailProviderPort;
  clock: Clock;
  allowPrivateHosts: boolean;
}): TestSender {
  return {
    async send(to, { subject, text, html } = { subject: SUBJECT, text: TEXT, html: HTML }) {
      if (!isEmailAddress(to))
        throw new AppError('request-invalid', `"${to}" is no e-mail address`, { details: { problem: 'to' } });
      const id = `test/${ulid()}`;
      const provider = await deps.settings.active();
      if (provider.kind === 'outbox') {
        const nobody = { runId: '', flowId: '', version: 0, nodeId: '', profileId: '' };
        const delivery = { ...nobody, _id: id, channel: 'email' as const, to, subject };
        await deps.outbox.accept([{ delivery, html, text }], []);
        return { isSent: true, detail: '' };
      }
      const from = readSender(provider.smtp.from);
      const at = new Date(deps.clock.now());
      const message = await composeMime({ id, from, to, subject, html, text, at });
      const line = createSmtpLine({ ...provider, allowPrivate: deps.allowPrivateHosts });
      try {
        const { kind, response } = (await line.open()) ?? (await line.send({ from: from.address, to }, message));
        return { isSent: kind === 'accepted', detail: response };
      } finally {
        line.close();
      }
    },
  };
}

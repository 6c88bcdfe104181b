import MailComposer from 'nodemailer/lib/mail-composer';
import { isEmailAddress } from './email-address.ts';

/** Everything that goes into one MIME message. */
export interface MimeContent {
  /** Delivery id; the Message-ID is derived from it, so that a message keeps its name however often it is looked at. */
  id: string;
  from: { name: string; address: string };
  to: string;
  subject: string;
  html: string;
  text: string;
  at: Date;
  /** One-click unsubscribe (RFC 8058); adds the List-Unsubscribe headers. */
  unsubscribeUrl?: string;
}

/** A complete message (RFC 5322) with both alternatives. File and URL access of the composer stay off. */
export async function composeMime(content: MimeContent): Promise<Buffer> {
  const { unsubscribeUrl, to, from } = content;
  // The address was checked when the delivery was made; a header is not the place to trust that.
  if (!isEmailAddress(to)) throw new TypeError('a recipient must be one plain address');
  const composer = new MailComposer({
    from,
    to: { name: '', address: to },
    subject: content.subject,
    html: content.html,
    text: content.text,
    date: content.at,
    messageId: messageIdOf(content.id, from.address),
    disableFileAccess: true,
    disableUrlAccess: true,
    headers: {
      // Bulk mail that nobody's autoresponder should answer (RFC 3834).
      'Auto-Submitted': 'auto-generated',
      ...(unsubscribeUrl && {
        'List-Unsubscribe': { prepared: true, value: `<${unsubscribeUrl}>` },
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  });
  return composer.compile().build();
}

/** `<delivery@domain of the sender>`; the slashes of the id become dots, which RFC 5322 allows between its parts. */
export function messageIdOf(id: string, senderAddress: string): string {
  return `<${id.replaceAll('/', '.')}@${senderAddress.slice(senderAddress.lastIndexOf('@') + 1)}>`;
}

import type { Locale } from '@sluice/shared/model';
import { writeLetter } from './letter.ts';
import { SHOP } from './shop.ts';

/** The words of one e-mail with one button. */
export interface MailWords {
  subject: string;
  preheader: string;
  heading: string;
  paragraph: string;
  button: string;
}

/** Writes the e-mails of a flow; `path` is where the button leads on the site, and says which flow it came from. */
export function createMail(flow: string, footer: string, locale: Locale) {
  return ({ subject, preheader, heading, paragraph, button }: MailWords, path: string) => ({
    to: 'email',
    subject,
    preheader,
    body: writeLetter(
      {
        brand: SHOP.brand,
        heading,
        paragraphs: [paragraph],
        button,
        url: `${SHOP.url}/${path}${path.includes('?') ? '&amp;' : '?'}from=${flow}`,
        footer,
      },
      locale,
    ),
  });
}

import { convert } from 'html-to-text';

/**
 * The plain-text alternative of compiled HTML: for readers without HTML, and because mail without it is taken for spam.
 * Liquid stays protected, so that it is derived once per template and not once per message.
 */
export function deriveText(html: string, wrapAddress: (address: string) => string): string {
  return convert(html, {
    wordwrap: false,
    selectors: [
      // The preheader and other hidden parts are for the inbox list, not for reading.
      { selector: 'div[style*="display:none"]', format: 'skip' },
      { selector: 'img', format: 'skip' },
      { selector: 'a', options: { linkBrackets: ['<', '>'], pathRewrite: wrapAddress } },
      ...['h1', 'h2', 'h3', 'h4'].map((selector) => ({ selector, options: { uppercase: false } })),
    ],
  });
}

/** Takes away the blank lines that Liquid tags leave behind when they render to nothing. */
export function tidyText(text: string): string {
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

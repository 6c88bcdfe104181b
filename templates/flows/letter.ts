import type { Locale } from '@sluice/shared/model';

/** The words of one e-mail of a ready-made flow; all of them may hold Liquid. */
export interface LetterWords {
  brand: string;
  heading: string;
  paragraphs: readonly string[];
  button: string;
  url: string;
  footer: string;
}

const INK = '#1c2b2a';
const QUIET = '#6b7a78';
const BRAND = '#0f766e';
const PAGE = '#f2f5f4';
// Latin fonts first: a Chinese font would set an apostrophe as wide as an ideograph.
const FONTS =
  "-apple-system, 'Segoe UI', Helvetica, Arial, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', sans-serif";

/** A plain, well-set letter in MJML: one thought, one button, readable on a phone and with pictures blocked. */
export function writeLetter(words: LetterWords, locale: Locale): string {
  const { brand, heading, paragraphs, button, url, footer } = words;
  return `<mjml lang="${locale}">
  <mj-head>
    <mj-attributes>
      <mj-all font-family="${FONTS}" />
      <mj-text font-size="16px" line-height="26px" color="${INK}" padding="0 0 16px" />
      <mj-button background-color="${BRAND}" color="#ffffff" border-radius="6px" font-size="16px" font-weight="600" inner-padding="14px 28px" padding="8px 0 24px" align="left" />
    </mj-attributes>
  </mj-head>
  <mj-body background-color="${PAGE}" width="600px">
    <mj-section padding="32px 32px 16px">
      <mj-column>
        <mj-text font-size="15px" font-weight="700" color="${BRAND}" padding="0">${brand}</mj-text>
      </mj-column>
    </mj-section>
    <mj-section background-color="#ffffff" border-radius="8px" padding="36px 32px 12px">
      <mj-column>
        <mj-text font-size="26px" line-height="34px" font-weight="700">${heading}</mj-text>
${paragraphs.map((paragraph) => `        <mj-text>${paragraph}</mj-text>\n`).join('')}        <mj-button href="${url}">${button}</mj-button>
      </mj-column>
    </mj-section>
    <mj-section padding="20px 32px 40px">
      <mj-column>
        <mj-text font-size="12px" line-height="20px" color="${QUIET}" padding="0">${footer}</mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;
}

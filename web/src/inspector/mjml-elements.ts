import type { ElementSpec } from '@codemirror/lang-xml';

const BLOCKS = ['mj-text', 'mj-image', 'mj-button', 'mj-divider', 'mj-spacer', 'mj-table', 'mj-social', 'mj-raw'];
const BOX = ['padding', 'background-color', 'css-class'];
const TYPE = ['align', 'color', 'font-family', 'font-size', 'font-weight', 'line-height'];

const element = (name: string, children: string[] = [], attributes: string[] = []): ElementSpec => ({
  name,
  children,
  attributes: [...attributes, ...BOX].map((attribute) => ({ name: attribute })),
});

/** The elements of MJML 4 that are offered while typing (documentation.mjml.io); others may be typed all the same. */
export const MJML_ELEMENTS: readonly ElementSpec[] = [
  { ...element('mjml', ['mj-head', 'mj-body']), top: true },
  element('mj-head', ['mj-attributes', 'mj-preview', 'mj-style', 'mj-title', 'mj-font']),
  element('mj-attributes', ['mj-all', 'mj-class', ...BLOCKS], []),
  element('mj-all', [], TYPE),
  element('mj-class', [], ['name', ...TYPE]),
  element('mj-body', ['mj-section', 'mj-wrapper', 'mj-hero', 'mj-raw'], ['width']),
  element('mj-wrapper', ['mj-section', 'mj-hero'], ['full-width']),
  element('mj-section', ['mj-column', 'mj-group'], ['full-width', 'direction', 'text-align']),
  element('mj-group', ['mj-column'], ['width']),
  element('mj-column', BLOCKS, ['width', 'vertical-align']),
  element('mj-hero', BLOCKS, ['mode', 'height', 'background-url']),
  element('mj-text', [], TYPE),
  element('mj-button', [], ['href', 'border-radius', ...TYPE]),
  element('mj-image', [], ['src', 'alt', 'href', 'width', 'height', 'border-radius']),
  element('mj-divider', [], ['border-color', 'border-style', 'border-width', 'width']),
  element('mj-spacer', [], ['height']),
  element('mj-table', [], TYPE),
  element('mj-social', ['mj-social-element'], ['mode', ...TYPE]),
  element('mj-social-element', [], ['name', 'href', 'src']),
  element('mj-raw'),
  element('mj-style', [], ['inline']),
  element('mj-font', [], ['name', 'href']),
  element('mj-title'),
  element('mj-preview'),
];

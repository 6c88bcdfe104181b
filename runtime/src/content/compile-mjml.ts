import { checkMjmlTags, mjmlInvalid } from './check-mjml-tags.ts';
import { hasProtectedLiquid, type ProtectedTemplate } from './liquid-token.ts';

/** Fonts are left out: MJML would load them from a third party, which tells it who reads. */
const NO_FONTS = {};

/**
 * MJML to minified HTML; Liquid stays protected. Throws `mjml-invalid` with the line for an unknown element or
 * attribute, bad nesting, and Liquid where MJML would drop it without a word.
 */
export async function compileMjml(source: ProtectedTemplate): Promise<string> {
  checkMjmlTags(source.text, source.originalLine);
  // MJML and its minifier take a second to load: only a process that compiles pays.
  const { default: mjml2html } = await import('mjml');
  const { html, errors } = await mjml2html(source.text, {
    validationLevel: 'soft',
    keepComments: false,
    fonts: NO_FONTS,
    minify: true,
    minifyOptions: { minifyCss: false },
  }).catch((error: unknown) => {
    throw mjmlInvalid(1, 'the text must be one <mjml> element with an <mj-body> in it', error);
  });
  // A colour or width that Liquid fills in cannot be judged before it is rendered.
  const [wrong] = errors.filter(({ message }) => !hasProtectedLiquid(message));
  if (wrong) throw mjmlInvalid(source.originalLine(wrong.line), `${wrong.tagName}: ${wrong.message}`);
  const [lost] = source.lostFrom(html);
  if (lost)
    throw mjmlInvalid(lost.line, `${lost.text} stands between MJML elements; wrap it as <mj-raw>${lost.text}</mj-raw>`);
  return html;
}

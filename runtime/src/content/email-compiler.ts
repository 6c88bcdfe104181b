import { createHash } from 'node:crypto';
import type { LinkWriter } from '../links/signed-links.ts';
import { compileMjml } from './compile-mjml.ts';
import { deriveText, tidyText } from './derive-text.ts';
import type { CompiledEmail, EmailContent, RenderedEmail } from './email-content.ts';
import { createLiquidEngines, parseLiquid, renderLiquid } from './liquid-engine.ts';
import { protectLiquid } from './liquid-token.ts';
import { namedLookups } from './named-lookups.ts';
import { addOpenPixel, addPreheader, wrapAddress, wrapLinks } from './prepare-html.ts';
import { type TemplateFacts, templateScope } from './template-scope.ts';
import { LINK_WRITER_VARIABLE } from './tracked-link-tag.ts';

export interface EmailCompiler {
  /** Compiles, or takes what it compiled before for the same words. Throws `liquid-invalid` or `mjml-invalid`. */
  compile(content: EmailContent): Promise<CompiledEmail>;
  /** Renders for one profile; without `links` nothing is tracked. Throws `liquid-invalid` when a value does not fit. */
  render(compiled: CompiledEmail, facts: TemplateFacts, links?: LinkWriter): RenderedEmail;
}

const MAX_SUBJECT = 500;

/** `cacheSize` bounds the compiled e-mails kept, least recently used first out. */
export function createEmailCompiler(options: { timeZone: string; cacheSize?: number }): EmailCompiler {
  const engines = createLiquidEngines(options.timeZone);
  const cacheSize = options.cacheSize ?? 200;
  const cache = new Map<string, Promise<CompiledEmail>>();

  return {
    compile(content) {
      const key = hashOf(content);
      const known = cache.get(key);
      const compiled = known ?? compileEmail(content);
      cache.delete(key);
      cache.set(key, compiled);
      if (!known) compiled.catch(() => cache.delete(key));
      if (cache.size > cacheSize) cache.delete(cache.keys().next().value as string);
      return compiled;
    },
    render(compiled, facts, links) {
      const scope = { ...templateScope(facts), [LINK_WRITER_VARIABLE]: links };
      return {
        // A line break in a subject would start another header.
        subject: renderLiquid(engines.text, compiled.subject, scope, 'subject')
          .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
          .trim()
          .slice(0, MAX_SUBJECT),
        html: renderLiquid(engines.html, compiled.html, scope, 'body'),
        text: tidyText(renderLiquid(engines.text, compiled.text, scope, 'body')),
      };
    },
  };

  async function compileEmail({ subject, mjml, preheader = '' }: EmailContent): Promise<CompiledEmail> {
    const parsedSubject = parseLiquid(engines.text, subject, 'subject');
    // Parsed before it becomes HTML, so that an error names the line that the author sees.
    parseLiquid(engines.html, mjml, 'body');
    parseLiquid(engines.html, preheader, 'preheader');
    const source = protectLiquid(mjml);
    const html = await compileMjml(source);
    const text = source.restore(deriveText(html, wrapAddress));
    const tracked = source.restore(addOpenPixel(wrapLinks(html)));
    const complete = preheader ? addPreheader(tracked, escapeAroundLiquid(preheader)) : tracked;
    const parsed = parseLiquid(engines.html, complete, 'body');
    return {
      subject: parsedSubject,
      html: parsed,
      text: parseLiquid(engines.text, text, 'body'),
      lookups: namedLookups(engines.html, parsedSubject, parsed),
    };
  }
}

/** The operator's own words are text, not markup; what Liquid puts out is escaped by its engine. */
function escapeAroundLiquid(template: string): string {
  const hidden = protectLiquid(template);
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
  return hidden.restore(hidden.text.replace(/[&<>]/g, (sign) => entities[sign] ?? sign));
}

function hashOf({ subject, mjml, preheader = '' }: EmailContent): string {
  return createHash('sha256')
    .update(JSON.stringify([subject, preheader, mjml]))
    .digest('base64url');
}

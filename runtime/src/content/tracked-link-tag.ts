import {
  type Context,
  type Emitter,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  TokenKind,
  type TopLevelToken,
} from 'liquidjs';
import type { LinkWriter } from '../links/signed-links.ts';

/** Name of the `LinkWriter` in the scope of a render that tracks; absent in a preview. */
export const LINK_WRITER_VARIABLE = ' links';

const TRACKABLE = /^https?:\/\/[^\s]/i;
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;
const HARMLESS_SCHEME = /^(https?|mailto|tel|sms|geo|cid):/i;

/**
 * The tag `{% tracked_link %}address{% endtracked_link %}` that compiling puts around every link. The address is known
 * only when it is rendered (`{{ profile.shop }}/cart`), so scheme and tracking are decided then. An address that would
 * run as script becomes `#`: values of profiles come from outside.
 */
export function trackedLinkTag({ isHtml }: { isHtml: boolean }) {
  return class TrackedLinkTag extends Tag {
    private templates: Template[] = [];
    /** The address when no Liquid is in it: it then costs no nested render. */
    private fixedAddress: string | undefined;

    constructor(token: TagToken, remainTokens: TopLevelToken[], liquid: Liquid) {
      super(token, remainTokens, liquid);
      while (remainTokens.length > 0) {
        const next = remainTokens.shift() as TopLevelToken;
        if ('name' in next && next.name === 'endtracked_link') {
          const [only] = this.templates;
          if (this.templates.length === 1 && only?.token.kind === TokenKind.HTML)
            this.fixedAddress = only.token.getText();
          return;
        }
        this.templates.push(liquid.parser.parseToken(next, remainTokens));
      }
      throw new Error(`tag ${token.getText()} not closed`);
    }

    override render(context: Context, emitter: Emitter): Generator<unknown, void, string> | undefined {
      if (this.fixedAddress === undefined) return this.renderNested(context, emitter);
      emitter.write(rewriteAddress(this.fixedAddress, writerOf(context), isHtml));
      return undefined;
    }

    private *renderNested(context: Context, emitter: Emitter): Generator<unknown, void, string> {
      const rendered = yield this.liquid.renderer.renderTemplates(this.templates, context);
      emitter.write(rewriteAddress(rendered, writerOf(context), isHtml));
    }
  };
}

/** The tag `{% open_pixel %}` that compiling puts at the end of the HTML: an image whose loading is an open. */
export class OpenPixelTag extends Tag {
  override render(context: Context, emitter: Emitter): void {
    const writer = writerOf(context);
    if (writer) emitter.write(`<img src="${writer.pixelUrl()}" width="1" height="1" alt="" style="display:none">`);
  }
}

function writerOf(context: Context): LinkWriter | undefined {
  return (context.environments as Record<string, unknown>)[LINK_WRITER_VARIABLE] as LinkWriter | undefined;
}

/** `rendered` is an attribute value when `isHtml` (entities decoded and encoded again), plain text otherwise. */
export function rewriteAddress(rendered: string, writer: LinkWriter | undefined, isHtml: boolean): string {
  const address = (isHtml ? decodeEntities(rendered) : rendered).trim();
  if (TRACKABLE.test(address)) return writer?.track(address) ?? rendered;
  // Browsers skip control characters and blanks inside a scheme ("java\nscript:").
  const scheme = address.replace(/[\p{Cc}\s]/gu, '');
  return SCHEME.test(scheme) && !HARMLESS_SCHEME.test(scheme) ? '#' : rendered;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function decodeEntities(value: string): string {
  if (!value.includes('&')) return value;
  return value.replace(
    /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g,
    (whole, decimal, hex, name) => {
      if (name) return NAMED[name] ?? whole;
      const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10_ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

const LINK_TAG = /<(?:a|area|v:[a-z]+)\s(?:"[^"]*"|'[^']*'|[^>"'])*>/gi;
const HREF = /(\shref=)(?:"([^"]*)"|'([^']*)')/i;
const UNTRACKED = /^(?:mailto:|tel:|sms:|#|$)/i;

/** Puts the tracking tag around an address, unless it plainly is none that can be tracked. */
export function wrapAddress(address: string): string {
  return UNTRACKED.test(address) ? address : `{% tracked_link %}${address}{% endtracked_link %}`;
}

/** Prepares links once per template: after this, tracking a message costs one signature per link and no search. */
export function wrapLinks(html: string): string {
  return html.replace(LINK_TAG, (tag) =>
    tag.replace(HREF, (_, name: string, double?: string, single?: string) => {
      const quote = double === undefined ? "'" : '"';
      return `${name}${quote}${wrapAddress(double ?? single ?? '')}${quote}`;
    }),
  );
}

export function addOpenPixel(html: string): string {
  return insertBefore(html, html.lastIndexOf('</body>'), '{% open_pixel %}');
}

/** The words that inboxes show behind the subject; before everything else in the body, and hidden there. */
export function addPreheader(html: string, preheader: string): string {
  const body = /<body[^>]*>/.exec(html);
  const at = body ? body.index + body[0].length : 0;
  const hidden = 'display:none;font-size:1px;line-height:1px;max-height:0;max-width:0;opacity:0;overflow:hidden';
  return insertBefore(html, at, `<div style="${hidden}">${preheader}</div>`);
}

function insertBefore(html: string, at: number, piece: string): string {
  return at < 0 ? html + piece : html.slice(0, at) + piece + html.slice(at);
}

import { createSecretKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSignedLinks } from './signed-links.ts';

const links = createSignedLinks({ secret: createSecretKey(Buffer.alloc(32, 1)), publicUrl: 'https://go.test' });
const tokenOf = (address: string | undefined) => (address ?? '').replace(/^https:\/\/go\.test\/[ro]\//, '');

describe('signed links', () => {
  it('bring back the delivery and the address', () => {
    const deliveryId = fc.stringMatching(/^[\w-]{1,30}\/\d{1,3}\/\d$/);
    fc.assert(
      fc.property(deliveryId, fc.webUrl({ withQueryParameters: true, withFragments: true }), (id, url) => {
        const token = tokenOf(links.writerFor(id).track(url));
        expect(links.readLink(token)).toEqual({ deliveryId: id, url: new URL(url).href });
      }),
    );
  });

  it('are refused when any character was changed', () => {
    const token = tokenOf(links.writerFor('run/1/0').track('https://shop.test/a'));
    fc.assert(
      fc.property(fc.nat(token.length - 1), fc.constantFrom('A', 'z', '0', '.', '-'), (at, sign) => {
        const forged = token.slice(0, at) + sign + token.slice(at + 1);
        const read = links.readLink(forged);
        // The last character of base64url may carry unused bits: then the content is the same, never another.
        expect([undefined, { deliveryId: 'run/1/0', url: 'https://shop.test/a' }]).toContainEqual(read);
      }),
    );
    expect(links.readLink(token.slice(0, -1))).toBeUndefined();
    expect(links.readLink('')).toBeUndefined();
    expect(links.readLink('x'.repeat(10_000))).toBeUndefined();
  });

  it('are refused under another secret', () => {
    const other = createSignedLinks({ secret: createSecretKey(Buffer.alloc(32, 2)), publicUrl: 'https://go.test' });
    expect(links.readLink(tokenOf(other.writerFor('run/1/0').track('https://evil.test/')))).toBeUndefined();
  });

  it('lead to http and https alone, even when signed', () => {
    for (const url of ['javascript:alert(1)', 'ftp://a.test/', 'data:text/html,x', 'no address'])
      expect(links.readLink(tokenOf(links.writerFor('run/1/0').track(url)))).toBeUndefined();
  });

  it('keep pixel and link apart', () => {
    const writer = links.writerFor('run/1/0');
    expect(links.readPixel(tokenOf(writer.pixelUrl()))).toEqual({ deliveryId: 'run/1/0' });
    expect(links.readLink(tokenOf(writer.pixelUrl()).replace('.gif', ''))).toBeUndefined();
    expect(links.readPixel(tokenOf(writer.track('https://a.test/')))).toBeUndefined();
  });

  it('leave an address alone that is too long to be carried', () => {
    expect(links.writerFor('run/1/0').track(`https://a.test/${'x'.repeat(2000)}`)).toBeUndefined();
  });
});

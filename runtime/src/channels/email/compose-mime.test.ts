import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { composeMime } from './compose-mime.ts';

const content = {
  id: 'run1/2/0',
  from: { name: '渠成', address: 'news@shop.test' },
  to: 'user@example.test',
  subject: '你好 {{',
  html: '<p>Hällo</p>',
  text: 'Hällo',
  at: new Date('2026-01-02T03:04:05Z'),
};

describe('composeMime', () => {
  it('makes one message of both alternatives', async () => {
    const mail = await simpleParser(await composeMime(content));
    expect(mail.subject).toBe('你好 {{');
    expect(mail.from?.value).toEqual([{ name: '渠成', address: 'news@shop.test' }]);
    expect(mail.html).toBe('<p>Hällo</p>');
    expect(mail.text?.trim()).toBe('Hällo');
    expect(mail.messageId).toBe('<run1.2.0@shop.test>');
    expect(mail.date).toEqual(content.at);
    expect(mail.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail.headers.has('list-unsubscribe-post')).toBe(false);
  });

  it('offers one-click unsubscribe when there is an address for it', async () => {
    const raw = (await composeMime({ ...content, unsubscribeUrl: 'https://go.test/u/abc' })).toString();
    expect(raw).toContain('List-Unsubscribe: <https://go.test/u/abc>\r\n');
    expect(raw).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n');
  });

  it('refuses a recipient that would be more than one address', async () => {
    await expect(composeMime({ ...content, to: 'a@example.test, b@example.test' })).rejects.toThrow(TypeError);
  });
});

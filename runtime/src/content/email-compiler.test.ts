import type { AppError } from '@sluice/shared/errors';
import { describe, expect, it } from 'vitest';
import { createEmailCompiler } from './email-compiler.ts';
import type { EmailContent } from './email-content.ts';

const compiler = createEmailCompiler({ timeZone: 'Asia/Shanghai' });
const mail = (inner: string) =>
  `<mjml><mj-body><mj-section><mj-column>${inner}</mj-column></mj-section></mj-body></mjml>`;
const content = (inner: string, rest: Partial<EmailContent> = {}): EmailContent => ({
  subject: 'Hi {{ profile.name }}',
  mjml: mail(inner),
  ...rest,
});
const facts = (attributes = {}) => ({
  profile: { id: 'p1', userId: 'u1', attributes: { name: 'Ann', ...attributes } },
  flow: { id: 'f1', version: 3 },
});
const links = {
  track: (url: string) => `https://go.test/r/${encodeURIComponent(url)}`,
  pixelUrl: () => 'https://go.test/o/1.gif',
};
const render = async (inner: string, attributes = {}, rest: Partial<EmailContent> = {}, writer?: typeof links) =>
  compiler.render(await compiler.compile(content(inner, rest)), facts(attributes), writer);
const refusal = async (wanted: EmailContent): Promise<AppError> => {
  const outcome = await compiler.compile(wanted).then(
    () => undefined,
    (error: AppError) => error,
  );
  if (!outcome) throw new Error('nothing was refused');
  return outcome;
};

describe('an e-mail', () => {
  it('shows attributes, the user id and the flow', async () => {
    const { subject, html, text } = await render(
      '<mj-text>{{ profile.name }}/{{ user_id }}/{{ flow.id }}/{{ flow.version }}</mj-text>',
    );
    expect((await render('<mj-text>{{ profile.attributes.name }}</mj-text>')).text).toBe('Ann');
    expect(subject).toBe('Hi Ann');
    expect(html).toContain('Ann/u1/f1/3');
    expect(text).toBe('Ann/u1/f1/3');
  });

  it('escapes values in the body, unless raw is asked for, and never in the text', async () => {
    const inner = '<mj-text>{{ profile.name }} | {{ profile.name | raw }}</mj-text>';
    const { html, text, subject } = await render(inner, { name: '<b>Ann & Bo</b>' });
    expect(html).toContain('&lt;b&gt;Ann &amp; Bo&lt;/b&gt; | <b>Ann & Bo</b>');
    expect(text).toBe('<b>Ann & Bo</b> | <b>Ann & Bo</b>');
    expect(subject).toBe('Hi <b>Ann & Bo</b>');
  });

  it('keeps a line break in a value out of the subject', async () => {
    const { subject } = await render('<mj-text>x</mj-text>', { name: 'Ann\r\nBcc: all@example.test' });
    expect(subject).toBe('Hi Ann Bcc: all@example.test');
  });

  it('shows dates in the time zone of the workspace', async () => {
    const inner = '<mj-text>{{ profile.bornAt | date: "%Y-%m-%d %H:%M" }}</mj-text>';
    expect((await render(inner, { bornAt: '2026-01-01T20:00:00.000Z' })).text).toBe('2026-01-02 04:00');
  });

  it('leaves comparisons and quotes inside Liquid to Liquid', async () => {
    const inner = '<mj-text>{% if profile.age < 3 %}young{% else %}{{ "a>b" | append: "<c" }}{% endif %}</mj-text>';
    expect((await render(inner, { age: 5 })).text).toBe('a>b<c');
    expect((await render(inner, { age: 2 })).text).toBe('young');
  });

  it('repeats MJML elements by Liquid in mj-raw', async () => {
    const inner =
      '<mj-raw>{% for item in profile.items %}</mj-raw><mj-text>{{ item }}</mj-text><mj-raw>{% endfor %}</mj-raw>';
    const { html, text } = await render(inner, { items: ['one', 'two'] });
    expect(text).toBe('one\n\ntwo');
    expect(html.match(/<tr>/g)?.length).toBeGreaterThan(2);
  });

  it('shows the preheader first in the HTML, escaped, and not in the text', async () => {
    const { html, text } = await render(
      '<mj-text>body</mj-text>',
      { name: '<i>' },
      { preheader: 'A & {{ profile.name }}' },
    );
    expect(html.indexOf('A &amp; &lt;i&gt;')).toBeGreaterThan(html.indexOf('<body'));
    expect(html.indexOf('A &amp;')).toBeLessThan(html.indexOf('body</div>'));
    expect(text).toBe('body');
  });

  it('cannot reach prototypes or globals', async () => {
    const inner = '<mj-text>[{{ profile.constructor.name }}{{ profile.__proto__ }}{{ process.env.PATH }}]</mj-text>';
    expect((await render(inner)).text).toBe('[]');
  });

  it('compiles the same words once', async () => {
    const same = content('<mj-text>cached</mj-text>');
    expect(await compiler.compile(same)).toBe(await compiler.compile({ ...same }));
  });

  it('forgets the least recently used when the cache is full, and every failure', async () => {
    const small = createEmailCompiler({ timeZone: 'UTC', cacheSize: 1 });
    const first = await small.compile(content('<mj-text>1</mj-text>'));
    await small.compile(content('<mj-text>2</mj-text>'));
    expect(await small.compile(content('<mj-text>1</mj-text>'))).not.toBe(first);
    const bad = content('<mj-nope/>');
    await expect(small.compile(bad)).rejects.toThrow('mj-nope');
    await expect(small.compile(bad)).rejects.toThrow('mj-nope');
  });
});

describe('links of an e-mail', () => {
  const tracked = 'https://go.test/r/';

  it('are tracked in the HTML and in the text, whether fixed or made by Liquid', async () => {
    const inner =
      '<mj-text><a href="https://a.test/?x=1&amp;y={{ user_id }}">here</a></mj-text><mj-button href="https://b.test/">b</mj-button>';
    const { html, text } = await render(inner, {}, {}, links);
    for (const url of ['https://a.test/?x=1&y=u1', 'https://b.test/']) {
      expect(html).toContain(`href="${tracked}${encodeURIComponent(url)}"`);
      expect(text).toContain(`<${tracked}${encodeURIComponent(url)}>`);
    }
    expect(html).toContain('<img src="https://go.test/o/1.gif"');
  });

  it('take their whole address from a value', async () => {
    const { html } = await render(
      '<mj-button href="{{ profile.shop }}">b</mj-button>',
      { shop: 'https://s.test/?a=1&b="2"' },
      {},
      links,
    );
    expect(html).toContain(`href="${tracked}${encodeURIComponent('https://s.test/?a=1&b="2"')}"`);
  });

  it('choose their address by Liquid', async () => {
    const inner =
      '<mj-button href="{% if profile.vip %}https://vip.test/{% else %}https://all.test/{% endif %}">b</mj-button>';
    expect((await render(inner, { vip: true }, {}, links)).text).toContain(encodeURIComponent('https://vip.test/'));
    expect((await render(inner, { vip: false }, {}, links)).text).toContain(encodeURIComponent('https://all.test/'));
  });

  it.each(['mailto:a@b.test', 'tel:+4912', 'sms:+4912', '#top', '/relative'])('stay as they are: %s', async (href) => {
    const { html } = await render(`<mj-text><a href="${href}">x</a></mj-text>`, {}, {}, links);
    expect(html).toContain(`href="${href}"`);
    const fromValue = await render('<mj-text><a href="{{ profile.href }}">x</a></mj-text>', { href }, {}, links);
    expect(fromValue.html).toContain(`href="${href}"`);
  });

  it.each(['javascript:alert(1)', ' java\nscript:alert(1)', 'data:text/html,x', 'vbscript:x'])(
    'never run script from a value: %j',
    async (href) => {
      const { html } = await render('<mj-text><a href="{{ profile.href }}">x</a></mj-text>', { href }, {}, links);
      expect(html).toContain('href="#"');
    },
  );

  it('are not tracked in a preview', async () => {
    const { html } = await render('<mj-button href="https://b.test/?x=1&amp;y=2">b</mj-button>');
    expect(html).toContain('href="https://b.test/?x=1&amp;y=2"');
    expect(html).not.toContain('<img');
  });
});

describe('a wrong e-mail', () => {
  it.each([
    ['an unknown element', '<mj-text>a</mj-text>\n<mj-foo/>', 'mjml-invalid', 2],
    ['an unknown attribute', '\n\n<mj-text bogus="1">a</mj-text>', 'mjml-invalid', 3],
    ['an element never closed', '\n<mj-text>a', 'mjml-invalid', 2],
    ['a closing tag too many', '\n</mj-text>', 'mjml-invalid', 2],
    ['an include', '<mj-include path="/etc/passwd" />', 'mjml-invalid', 1],
    ['Liquid where MJML drops it', '\n{% if a %}<mj-text>a</mj-text>{% endif %}', 'mjml-invalid', 2],
    ['an unknown filter', '<mj-text>\n{{ a | shout }}</mj-text>', 'liquid-invalid', 2],
    ['a tag that is never closed', '<mj-text>\n{% if a %}</mj-text>', 'liquid-invalid', 2],
    ['a tag that reads files', '<mj-text>{% include "x" %}</mj-text>', 'liquid-invalid', 1],
  ])('is refused for %s, with the line', async (_, inner, code, line) => {
    const error = await refusal(content(inner));
    expect(error).toMatchObject({ code, details: { line } });
    expect(error.message).toContain(`line ${line}`);
  });

  it.each(['', 'hello', '<p>hello</p>', '<mjml></mjml>'])('is refused when it is no MJML: %j', async (mjml) => {
    expect((await refusal({ subject: 'x', mjml })).code).toBe('mjml-invalid');
  });

  it('is refused for a bad subject, and the field is named', async () => {
    expect(await refusal(content('<mj-text>a</mj-text>', { subject: '{{ a | nope }}' }))).toMatchObject({
      code: 'liquid-invalid',
      details: { field: 'subject', line: 1 },
    });
  });

  it('is stopped when it loops without end', async () => {
    const compiled = await compiler.compile(content('<mj-text>{% for i in (1..1000000000) %}x{% endfor %}</mj-text>'));
    expect(() => compiler.render(compiled, facts())).toThrow(/memory|limit/i);
  });
});

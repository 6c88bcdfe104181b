import { describe, expect, test } from 'vitest';
import type { Command, Given } from './command.ts';
import { describeFailure } from './describe-failure.ts';
import { textsIn } from './i18n/texts.ts';
import { runCommand } from './run-command.ts';
import { ServerError } from './server.ts';

const given: Given[] = [];
const pull: Command = {
  name: 'flow pull',
  operands: 'FLOW [FILE]',
  summary: () => 'Write a flow to a file.',
  options: { url: { value: 'URL', help: ({ options }) => options.url }, force: { help: () => 'also over changes' } },
  run: async (one) => {
    given.push(one);
    return 1;
  },
};
const broken: Command = {
  name: 'flow push',
  operands: '',
  summary: () => 'Fails.',
  run: () => Promise.reject(new ServerError({ code: 'draft-conflict', message: 'Revision 4 is newer' }, 409)),
};

async function type(line: string, env: Record<string, string> = {}) {
  const written: string[] = [];
  const warned: string[] = [];
  const terminal = {
    cwd: '/',
    env,
    write: (one: string) => written.push(one),
    warn: (one: string) => warned.push(one),
  };
  const words = line.split(' ').filter((word) => word !== '');
  const code = await runCommand([pull, broken], words, terminal);
  return { code, written: written.join('\n'), warned: warned.join('\n') };
}

test('a command gets what stands behind its words, and its exit code is the answer', async () => {
  expect(await type('flow pull f1 out.json --url http://x --force')).toEqual({ code: 1, written: '', warned: '' });
  expect(given.at(-1)).toMatchObject({ operands: ['f1', 'out.json'], options: { url: 'http://x', force: '' } });
  await type('flow pull f1');
  expect(given.at(-1)).toMatchObject({ operands: ['f1'], options: {} });
});

test('without words, and for a group, the commands are listed', async () => {
  expect(await type('')).toMatchObject({ code: 0, written: expect.stringContaining('sluice flow pull FLOW [FILE]') });
  expect(await type('flow')).toMatchObject({ code: 2, warned: expect.stringContaining('Write a flow to a file.') });
  expect(await type('flower')).toMatchObject({ code: 2, warned: expect.stringContaining('knows no "flower"') });
});

test.each([
  ['flow pull', 'needs FLOW'],
  ['flow pull a b c', 'does not know what to do with "c"'],
  ['flow pull a --colour', 'has no option --colour'],
  ['flow pull a --force=1', '--force takes no value'],
  ['flow pull a --url', '--url needs a value behind it: --url URL'],
  ['flow pull a --url --force', '--url needs a value behind it'],
])('"%s" is answered with what is wrong and how the command is called', async (line, message) => {
  const { code, warned } = await type(line);
  expect(code).toBe(2);
  expect(warned).toContain(message);
  expect(warned).toContain('usage: sluice flow pull FLOW [FILE]');
});

test('what the server refuses is said in the language of the terminal, with its code', async () => {
  const english = await type('flow push', { LANG: 'C.UTF-8' });
  expect(english).toMatchObject({ code: 2, warned: expect.stringContaining('Somebody else saved this draft') });
  expect(english.warned).toContain('draft-conflict: Revision 4 is newer');
  expect((await type('flow push', { LC_ALL: 'zh_CN.UTF-8' })).warned).toMatch(/\p{Script=Han}/u);
});

test.each([
  ['not-found', 'There is no flow f1', /Check the id: .*\n\(not-found: There is no flow f1\)$/],
  ['not-signed-in', 'Sign in first', /SLUICE_TOKEN/],
  [
    'server-unreachable',
    'ECONNREFUSED',
    /^No server answers at http:\/\/x\. .*SLUICE_URL\.\n\(server-unreachable: ECONNREFUSED\)$/,
  ],
])('%s is said in words for a terminal, and once', (code, message, words) => {
  const failure = new ServerError({ code, message, details: { origin: 'http://x' } }, 404);
  expect(describeFailure(failure, { locale: 'en-US', texts: textsIn('en-US') }).join('\n')).toMatch(words);
});

test('--help says what the options are', async () => {
  expect(await type('flow pull --help')).toMatchObject({ code: 0, written: expect.stringContaining('--url URL') });
  expect((await type('--help')).written).toContain('sluice flow pull FLOW [FILE]');
  expect(await type('flow --help')).toMatchObject({ code: 0, warned: '' });
});

describe('the language', () => {
  test.each<[string, Record<string, string>]>([
    ['flow pull --help --lang zh', {}],
    ['--lang=zh-CN flow pull --help', { LC_ALL: 'C' }],
    ['flow pull --help', { LC_ALL: 'zh_CN.UTF-8', LANG: 'en_GB.UTF-8' }],
    ['flow pull --help', { LANG: 'zh_TW' }],
  ])('of “%s” with %j is Chinese', async (line, env) => {
    expect((await type(line, env)).written).toMatch(/^用法：sluice flow pull FLOW \[FILE\]$/m);
  });

  test.each<[string, Record<string, string>]>([
    ['flow pull --help --lang en', { LANG: 'zh_CN' }],
    ['flow pull --help', { LANG: 'fr_FR' }],
    ['flow pull --help', { LC_ALL: 'C', LANG: 'zh_CN' }],
  ])('of “%s” with %j is English', async (line, env) => {
    expect((await type(line, env)).written).toMatch(/^usage: sluice flow pull/);
  });

  test('that nobody speaks is refused', async () => {
    expect(await type('flow pull f1 --lang fr')).toEqual({
      code: 2,
      written: '',
      warned: '--lang takes zh-CN or en-US, not "fr".',
    });
    expect((await type('flow pull f1 --lang')).code).toBe(2);
  });

  test('has every sentence with the same values in it', () => {
    const placesOf = (texts: object): [string, string][] =>
      Object.entries(texts).flatMap(([key, text]) =>
        typeof text === 'string'
          ? [[key, [...text.matchAll(/\{\{\w+\}\}/g)].map(String).toSorted().join()] as [string, string]]
          : placesOf(text as object).map(([name, places]): [string, string] => [`${key}.${name}`, places]),
      );
    const english = placesOf(textsIn('en-US')).filter(([key]) => !key.endsWith('_one'));
    expect(placesOf(textsIn('zh-CN')).filter(([key]) => !key.endsWith('_one'))).toEqual(english);
  });
});

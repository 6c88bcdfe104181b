import { wordError } from '@sluice/shared/errors';
import type { Locale } from '@sluice/shared/model';
import { ServerError } from './server.ts';

/** The language of the terminal, as POSIX says which; what is not Chinese is English. */
export function localeOf(env: Readonly<Record<string, string | undefined>>): Locale {
  const named = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return /^zh/i.test(named) ? 'zh-CN' : 'en-US';
}

/** Where the sentence of the product tells somebody at a screen what to do, not somebody at a terminal. */
const OWN: Readonly<Record<string, Readonly<Record<Locale, string>>>> = {
  'not-found': {
    'en-US': 'The server has no such thing, or no longer. Check the id.',
    'zh-CN': '服务器上没有它，或已被删除。请核对标识。',
  },
  'not-signed-in': {
    'en-US':
      'The server does not accept SLUICE_TOKEN: it has expired, or was revoked. Create a token in the web app under Settings, Access tokens.',
    'zh-CN': '服务器不接受 SLUICE_TOKEN：它已过期或被吊销。请在网页“设置 → 访问令牌”中新建一个。',
  },
};

/** What kept a command from an answer, in words: the sentence for what the server said, and what it said. */
export function describeFailure(failure: unknown, env: Readonly<Record<string, string | undefined>>): string[] {
  if (!(failure instanceof ServerError)) return [describeOwn(failure)];
  const { code, message, details, reference } = failure;
  const locale = localeOf(env);
  const worded = OWN[code]?.[locale] ?? wordError(locale, code, details);
  if (worded === undefined) return [`${message} (${code})`];
  return [worded, `(${code}: ${message}${reference === undefined ? '' : `, ${reference}`})`];
}

function describeOwn(failure: unknown): string {
  if (!(failure instanceof Error)) return String(failure);
  const { code, path } = failure as NodeJS.ErrnoException;
  return code === 'ENOENT' && path !== undefined ? `There is no ${path}.` : failure.message;
}

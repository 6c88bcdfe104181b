import { AppError, wordError } from '@sluice/shared/errors';
import { fillText } from '@sluice/shared/model';
import type { Terminal } from './command.ts';
import type { Texts } from './i18n/texts.ts';
import { ServerError } from './server.ts';

type Words = Pick<Terminal, 'locale' | 'texts'>;

/** What the command line says in its own words: the product speaks to somebody at a screen. */
const OWN: Readonly<Record<string, (texts: Texts['server']) => string>> = {
  'not-found': ({ notFound }) => notFound,
  'not-signed-in': ({ notSignedIn }) => notSignedIn,
  'server-unreachable': ({ unreachable }) => unreachable,
  'reply-unreadable': ({ unreadable }) => unreadable,
};

/** By the code of the system (errno(3)). */
const OF_FILES: Readonly<Record<string, (texts: Texts['file']) => string>> = {
  ENOENT: ({ gone }) => gone,
  EACCES: ({ refused }) => refused,
  EPERM: ({ refused }) => refused,
  EROFS: ({ refused }) => refused,
  EISDIR: ({ folder }) => folder,
  ENOTDIR: ({ noFolder }) => noFolder,
};

/** What kept a command from an answer, in words: the sentence for what the server said, and what it said. */
export function describeFailure(failure: unknown, { locale, texts }: Words): string[] {
  if (!(failure instanceof ServerError)) return [describeOwn(failure, { locale, texts })];
  const { code, message, details, reference } = failure;
  const own = OWN[code]?.(texts.server);
  const worded = own === undefined ? wordError(locale, code, details) : fillText(own, asText(details));
  if (worded === undefined) return [`${message} (${code})`];
  return [worded, `(${code}: ${message}${reference === undefined ? '' : `, ${reference}`})`];
}

function describeOwn(failure: unknown, { locale, texts }: Words): string {
  if (!(failure instanceof Error)) return String(failure);
  if (failure instanceof AppError) return wordError(locale, failure.code, failure.details) ?? failure.message;
  const { code = '', path } = failure as NodeJS.ErrnoException;
  const own = path === undefined ? undefined : OF_FILES[code]?.(texts.file);
  return own === undefined ? failure.message : fillText(own, { path: path ?? '' });
}

function asText(details: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(Object.entries(details).map(([name, value]) => [name, String(value)]));
}

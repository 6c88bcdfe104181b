import { fillText } from '@sluice/shared/model';
import { type Command, type ExitCode, type Shell, type Terminal, UsageError } from './command.ts';
import { describeFailure } from './describe-failure.ts';
import { localeNamed, localeOf, textsIn } from './i18n/texts.ts';
import { callOf, checkOperands, describeCommand, readLine } from './read-line.ts';

/** Finds the command that the words name and runs it. Answers with the exit code: 2 where there was no answer at all. */
export async function runCommand(
  commands: readonly Command[],
  line: readonly string[],
  shell: Shell,
): Promise<ExitCode | 2> {
  const { words, lang } = takeLanguage(line);
  const named = lang === undefined ? undefined : localeNamed(lang);
  const locale = named ?? localeOf(shell.env);
  const terminal: Terminal = { ...shell, locale, texts: textsIn(locale) };
  const { texts } = terminal;
  if (lang !== undefined && !named) {
    terminal.warn(fillText(texts.line.unknownLanguage, { lang: JSON.stringify(lang) }));
    return 2;
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (!command) return answerUnknown(commands, words, terminal);
  try {
    const given = readLine(command, words.slice(command.name.split(' ').length), texts);
    if (given.options['help'] !== undefined) {
      for (const one of describeCommand(command, texts)) terminal.write(one);
      return 0;
    }
    checkOperands(command, given.operands, texts);
    return await command.run({ ...given, terminal });
  } catch (failure) {
    if (failure instanceof UsageError)
      for (const one of [failure.message, ...describeCommand(command, texts)]) terminal.warn(one);
    else for (const one of describeFailure(failure, terminal)) terminal.warn(one);
    return 2;
  }
}

/** The language may be asked for anywhere, also where no command is named yet. */
function takeLanguage(line: readonly string[]): { words: string[]; lang?: string } {
  const at = line.findIndex((word) => word === '--lang' || word.startsWith('--lang='));
  const word = line[at];
  if (word === undefined) return { words: [...line] };
  const isInline = word !== '--lang';
  return {
    words: line.toSpliced(at, isInline ? 1 : 2),
    lang: isInline ? word.slice('--lang='.length) : (line[at + 1] ?? ''),
  };
}

function answerUnknown(commands: readonly Command[], words: readonly string[], terminal: Terminal): 0 | 2 {
  const { texts } = terminal;
  const named = words.filter((word) => word !== '--help' && word !== 'help');
  const [group] = named;
  const ofGroup = commands.filter(({ name }) => name.split(' ')[0] === group);
  const isKnown = named.length === 0 || (named.length === 1 && ofGroup.length > 0);
  const isAsked = isKnown && named.length < Math.max(words.length, 1);
  const say = isAsked ? terminal.write : terminal.warn;
  if (!isKnown) say(fillText(texts.line.unknownCommand, { words: JSON.stringify(words.join(' ')) }));
  const lines = (ofGroup.length > 0 ? ofGroup : commands).map((command) => ({
    call: callOf(command),
    summary: command.summary(texts),
  }));
  const width = Math.max(...lines.map(({ call }) => call.length));
  for (const { call, summary } of lines) say(`  ${call.padEnd(width)}  ${summary}`);
  say(texts.line.more);
  return isAsked ? 0 : 2;
}

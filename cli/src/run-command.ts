import { parseArgs } from 'node:util';
import { type Command, type ExitCode, type OptionSpec, type Terminal, UsageError } from './command.ts';
import { describeFailure } from './describe-failure.ts';

const HELP: OptionSpec = { help: 'show this' };

/** Finds the command that the words name and runs it. Answers with the exit code: 2 where there was no answer at all. */
export async function runCommand(
  commands: readonly Command[],
  words: readonly string[],
  terminal: Terminal,
): Promise<ExitCode | 2> {
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => words[index] === word));
  if (!command) return answerUnknown(commands, words, terminal);
  try {
    const given = read(command, words.slice(command.name.split(' ').length));
    if (given.options['help'] !== undefined) {
      for (const line of describeCommand(command)) terminal.write(line);
      return 0;
    }
    checkOperands(command, given.operands);
    return await command.run({ ...given, terminal });
  } catch (failure) {
    if (failure instanceof UsageError)
      for (const line of [failure.message, ...describeCommand(command)]) terminal.warn(line);
    else for (const line of describeFailure(failure, terminal.env)) terminal.warn(line);
    return 2;
  }
}

function answerUnknown(commands: readonly Command[], words: readonly string[], terminal: Terminal): 0 | 2 {
  const [group] = words;
  const isAsked = group === undefined || group === '--help' || group === 'help';
  const ofGroup = commands.filter(({ name }) => name.split(' ')[0] === group);
  const say = isAsked ? terminal.write : terminal.warn;
  if (!isAsked && ofGroup.length === 0) say(`sluice knows no ${JSON.stringify(words.join(' '))}.`);
  const shown = ofGroup.length > 0 ? ofGroup : commands;
  const lines = shown.map((command) => ({ call: callOf(command), summary: command.summary }));
  const width = Math.max(...lines.map(({ call }) => call.length));
  for (const { call, summary } of lines) say(`  ${call.padEnd(width)}  ${summary}`);
  return isAsked ? 0 : 2;
}

function read(command: Command, words: readonly string[]) {
  const options = { ...command.options, help: HELP };
  try {
    const { values, positionals } = parseArgs({
      args: [...words],
      allowPositionals: true,
      options: Object.fromEntries(
        Object.entries(options).map(([name, { value }]) => [
          name,
          { type: value === undefined ? 'boolean' : 'string' },
        ]),
      ),
    });
    const given = Object.entries(values).map(([name, value]) => [name, value === true ? '' : String(value)] as const);
    return { operands: positionals, options: Object.fromEntries(given) };
  } catch (cause) {
    throw new UsageError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function checkOperands({ name, operands }: Command, given: readonly string[]): void {
  const wanted = operands.split(' ').filter((word) => word !== '');
  const needed = wanted.filter((word) => !word.startsWith('['));
  const missing = needed[given.length];
  if (missing !== undefined) throw new UsageError(`sluice ${name} needs ${missing}.`);
  const surplus = operands.endsWith('...') ? undefined : given[wanted.length];
  if (surplus !== undefined)
    throw new UsageError(`sluice ${name} does not know what to do with ${JSON.stringify(surplus)}.`);
}

function callOf({ name, operands }: Command): string {
  return `sluice ${name} ${operands}`.trim();
}

function describeCommand(command: Command): string[] {
  const options = Object.entries({ ...command.options, help: HELP }).map(([name, { value, help }]) => ({
    form: value === undefined ? `--${name}` : `--${name} ${value}`,
    help,
  }));
  const width = Math.max(...options.map(({ form }) => form.length));
  return [
    `usage: ${callOf(command)}`,
    command.summary,
    ...options.map(({ form, help }) => `  ${form.padEnd(width)}  ${help}`),
  ];
}

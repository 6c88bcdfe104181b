import { parseArgs } from 'node:util';
import { fillText } from '@sluice/shared/model';
import { type Command, type OptionSpec, UsageError } from './command.ts';
import { DEFAULT_URL } from './server.ts';
import type { Texts } from './i18n/texts.ts';

/** What every command takes. */
export const COMMON: Readonly<Record<string, OptionSpec>> = {
  lang: { value: 'LANG', help: ({ options }) => options.lang },
  help: { help: ({ options }) => options.help },
};

/** What follows the words of a command. Throws `UsageError` for an option that it does not have, or has otherwise. */
export function readLine(command: Command, words: readonly string[], { line }: Texts) {
  const specs = { ...command.options, ...COMMON };
  const refuse = (text: string, values: Record<string, string>) => {
    throw new UsageError(fillText(text, { command: command.name, ...values }));
  };
  const options: Record<string, string> = {};
  const operands: string[] = [];
  // Not strict: the parser would complain in English alone.
  const { tokens } = parseArgs({
    args: [...words],
    allowPositionals: true,
    strict: false,
    tokens: true,
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { value }]) => [name, { type: value === undefined ? 'boolean' : 'string' }]),
    ),
  });
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const { name, rawName: option, value, inlineValue } = token;
    const spec = Object.hasOwn(specs, name) ? specs[name] : undefined;
    if (!spec) refuse(line.unknownOption, { option });
    else if (spec.value === undefined) {
      if (value !== undefined) refuse(line.needsNoValue, { option });
      options[name] = '';
    } else {
      // What looks like the next option was hardly meant as a value.
      if (value === undefined || value === '' || (!inlineValue && value.startsWith('-')))
        refuse(line.needsValue, { option, value: spec.value });
      options[name] = String(value);
    }
  }
  return { operands, options };
}

/** Throws `UsageError` where one is missing, or there are too many. */
export function checkOperands({ name, operands }: Command, given: readonly string[], { line }: Texts): void {
  const wanted = operands.split(' ').filter((word) => word !== '');
  const needed = wanted.filter((word) => !word.startsWith('['));
  const missing = needed[given.length];
  if (missing !== undefined) throw new UsageError(fillText(line.needs, { command: name, operand: missing }));
  const surplus = operands.endsWith('...') ? undefined : given[wanted.length];
  if (surplus !== undefined)
    throw new UsageError(fillText(line.surplus, { command: name, word: JSON.stringify(surplus) }));
}

export function callOf({ name, operands }: Command): string {
  return `sluice ${name} ${operands}`.trim();
}

/** How a command is called, what it does and what its options are, line by line. */
export function describeCommand(command: Command, texts: Texts): string[] {
  const options = Object.entries({ ...command.options, ...COMMON }).map(([name, { value, help }]) => ({
    form: value === undefined ? `--${name}` : `--${name} ${value}`,
    help: fillText(help(texts), { url: DEFAULT_URL }),
  }));
  const width = Math.max(...options.map(({ form }) => form.length));
  return [
    fillText(texts.usage, { call: callOf(command) }),
    command.summary(texts),
    ...options.map(({ form, help }) => `  ${form.padEnd(width)}  ${help}`),
  ];
}

import type { Locale } from '@sluice/shared/model';
import type { Texts } from './i18n/texts.ts';

/** An option of a command; `value` names what stands behind it, and its absence makes it a switch. */
export interface OptionSpec {
  value?: string;
  help: (texts: Texts) => string;
}

/** Where the command line was started. */
export interface Shell {
  /** Where paths on the command line begin. */
  cwd: string;
  env: Readonly<Record<string, string | undefined>>;
  /** One line of the answer. */
  write(line: string): void;
  /** One line for the person at the terminal, which is no part of the answer. */
  warn(line: string): void;
}

/** The world of a command: all it may read from and write to besides files and the server, and the words for that. */
export interface Terminal extends Shell {
  locale: Locale;
  texts: Texts;
}

export interface Given {
  operands: readonly string[];
  /** A switch that was given is `''`. */
  options: Readonly<Record<string, string | undefined>>;
  terminal: Terminal;
}

/** What a command found: 0 all is well, 1 something is wrong with what it looked at. */
export type ExitCode = 0 | 1;

/** One command of `sluice`. A new one is a file of its own and a line in `commands.ts`. */
export interface Command {
  /** The words by which it is called: `flow pull`. */
  name: string;
  /** What follows the words, each in capitals; one in brackets may be left out: `FLOW [FILE]`. */
  operands: string;
  /** One sentence of the list of commands. */
  summary: (texts: Texts) => string;
  options?: Readonly<Record<string, OptionSpec>>;
  /** Throws `UsageError`, or whatever keeps it from an answer; both end with exit code 2. */
  run(given: Given): Promise<ExitCode>;
}

/** The command line cannot be understood: the message says what is wrong with it. */
export class UsageError extends Error {}

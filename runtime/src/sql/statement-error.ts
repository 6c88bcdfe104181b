import { AppError, type Words } from '@sluice/shared/errors';

/** A part of a statement as the parser gives it; offsets count characters from its start. */
export interface Located {
  _location?: { start: number; end: number };
}

/** Where in a statement something is wrong. Lines and columns count from 1. */
export interface Place {
  start: number;
  end: number;
}

/** Refuses a statement, naming the part that is meant. Caught where the statement's text is known. */
export class StatementRefusal extends Error {
  readonly words: Words;
  readonly place: Place | undefined;

  constructor(words: Words, part?: Located) {
    super(words['en-US']);
    this.words = words;
    this.place = part?._location;
  }
}

export function refuse(words: Words, part?: Located): never {
  throw new StatementRefusal(words, part);
}

/** The refusal as the API says it: reason, offsets, line and column; a reason without a place means the whole. */
export function toAppError(refusal: StatementRefusal, statement: string): AppError {
  const { start, end } = refusal.place ?? { start: 0, end: statement.length };
  const before = statement.slice(0, start).split('\n');
  const position = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  const problem = {
    'en-US': `${refusal.words['en-US']} (line ${position.line}, column ${position.column})`,
    'zh-CN': `${refusal.words['zh-CN']}（第 ${position.line} 行，第 ${position.column} 列）`,
  };
  return new AppError('statement-invalid', problem['en-US'], {
    cause: refusal,
    details: { problem, reason: refusal.words, start, end, ...position },
  });
}

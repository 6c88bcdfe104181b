import { ERROR_CODES, type ErrorCode } from './codes.ts';

export type ErrorKind = 'user' | 'operational' | 'unexpected';

export interface ErrorOptions {
  cause?: unknown;
  /** Values for the sentence of the code in either language, and machine-readable context. */
  details?: Record<string, unknown>;
  retryAfterMs?: number;
}

/**
 * The one error of the product. `user`: the caller can mend it (4xx); `operational`: try again later; `unexpected`: a bug,
 * shown with an id that can be searched in the log. Sentences stand in `texts.ts`, one per code and language.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly kind: ErrorKind;
  readonly details: Record<string, unknown>;
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.kind = ERROR_CODES[code].kind;
    this.details = options.details ?? {};
    this.retryAfterMs = options.retryAfterMs;
  }
}

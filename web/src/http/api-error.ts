/** An answer that was not a success, or no answer at all (`server-unreachable`, which only a client can notice). */
export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: Record<string, unknown>;
  readonly reference: string | undefined;

  constructor(reply: {
    code: string;
    message: string;
    status: number;
    details?: Record<string, unknown> | undefined;
    reference?: string | undefined;
    cause?: unknown;
  }) {
    super(reply.message, { cause: reply.cause });
    this.name = 'ApiError';
    this.code = reply.code;
    this.status = reply.status;
    this.details = reply.details ?? {};
    this.reference = reply.reference;
  }
}

export function hasErrorCode(error: unknown, code: string): error is ApiError {
  return error instanceof ApiError && error.code === code;
}

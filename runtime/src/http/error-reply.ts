import { AppError, ERROR_CODES } from '@sluice/shared/errors';
import type { ErrorReply } from '@sluice/shared/http-api';
import { ulid } from 'ulid';
import { readStoreError } from '../stores/read-store-error.ts';

export interface HttpAnswer {
  status: number;
  headers: Record<string, string>;
  body: ErrorReply;
  /** Present for a bug: what the log line must carry. */
  reference?: string;
}

/** What HTTP answers for a failure; the only place that turns errors into statuses. */
export function toErrorReply(failure: unknown): HttpAnswer {
  const error = failure instanceof AppError ? failure : (readServerError(failure) ?? readStoreError(failure));
  if (error === undefined || error.kind === 'unexpected') {
    const reference = ulid();
    const message = `Something went wrong in the server. Its log tells more under the reference ${reference}`;
    return { status: 500, headers: {}, body: { code: 'unexpected', message, reference }, reference };
  }
  const headers: Record<string, string> = {};
  if (error.retryAfterMs !== undefined) headers['retry-after'] = String(Math.ceil(error.retryAfterMs / 1000));
  if (error.code === 'write-key-invalid') headers['www-authenticate'] = 'Basic realm="write key"';
  return {
    status: ERROR_CODES[error.code].status,
    headers,
    body: { code: error.code, message: error.message, details: error.details },
  };
}

/** Errors that the HTTP server itself raises before a handler runs. */
function readServerError(failure: unknown): AppError | undefined {
  if (!(failure instanceof Error) || !('code' in failure)) return undefined;
  const options = { cause: failure };
  switch (failure.code) {
    case 'FST_ERR_CTP_BODY_TOO_LARGE':
    case 'FST_REQ_FILE_TOO_LARGE':
      return new AppError('body-too-large', 'The request is larger than this address accepts', options);
    case 'FST_ERR_CTP_INVALID_MEDIA_TYPE':
      return new AppError('request-invalid', 'The body must be sent with Content-Type: application/json', {
        ...options,
        details: { problem: 'Content-Type' },
      });
    case 'FST_ERR_CTP_INVALID_CONTENT_LENGTH':
    case 'FST_ERR_BAD_URL':
    case 'FST_INVALID_MULTIPART_CONTENT_TYPE':
    case 'FST_ERR_REQ_INVALID_VALIDATION_INVOCATION':
      return new AppError('request-invalid', failure.message, { ...options, details: { problem: failure.message } });
    default:
      return undefined;
  }
}

import type { Dispatcher } from 'undici';

export interface Exchange {
  origin: string;
  path: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  headers: Readonly<Record<string, string>>;
  body?: string;
  /** From now to the last byte, name and connection included. */
  timeoutMs: number;
  /** Bytes of the answer that are read; the connection is closed behind them. */
  maxAnswerBytes: number;
}

export interface Exchanged {
  status: number;
  retryAfter: string | undefined;
  text: string;
  isCut: boolean;
}

export class TimedOut extends Error {}

/**
 * One request and its answer. It takes the answer from the dispatcher as it arrives: a stream for each of very many small
 * answers costs more than the answers. Throws `TimedOut`, or what the connection failed with.
 */
export function exchange(dispatcher: Dispatcher, request: Exchange): Promise<Exchanged> {
  const { timeoutMs, maxAnswerBytes, ...options } = request;
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let length = 0;
    let status = 0;
    let retryAfter: string | undefined;
    let connection: Dispatcher.DispatchController | undefined;
    let overBy: Error | undefined;

    const timer = setTimeout(() => end(new TimedOut(`No answer within ${timeoutMs} ms`)), timeoutMs);
    /** Nothing is read further; what still waits for its connection is dropped when it gets one. */
    const end = (reason: Error) => {
      clearTimeout(timer);
      overBy = reason;
      reject(reason);
      connection?.abort(reason);
    };
    const answer = (isCut: boolean) => {
      clearTimeout(timer);
      const bytes = parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts);
      resolve({ status, retryAfter, text: bytes.toString('utf8', 0, Math.min(length, maxAnswerBytes)), isCut });
    };

    dispatcher.dispatch(options, {
      onRequestStart(controller) {
        connection = controller;
        if (overBy) controller.abort(overBy);
      },
      onResponseStart(_controller, statusCode, headers) {
        status = statusCode;
        retryAfter = [headers['retry-after']].flat()[0];
      },
      onResponseData(_controller, chunk) {
        parts.push(chunk);
        length += chunk.length;
        if (length <= maxAnswerBytes) return;
        answer(true);
        end(new Error(`The answer has more than ${maxAnswerBytes} bytes`));
      },
      onResponseEnd: () => answer(false),
      onResponseError: (_controller, error) => end(error),
    });
  });
}

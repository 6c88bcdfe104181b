import { AppError } from '@sluice/shared/errors';
import type { FastifyRequest } from 'fastify';
import { checkDepth, checkDocument } from './check-document.ts';

/** Reads a JSON body. Plain `JSON.parse`: it keeps `__proto__` as an ordinary key, which the key check then names and refuses. */
export async function parseJson(request: FastifyRequest, text: string | Buffer): Promise<unknown> {
  if (request.routeOptions.config.isJsonKeptAsText) return String(text);
  if (text.length === 0) return {};
  const body = readJson(String(text));
  if (request.routeOptions.config.hasOwnDocumentCheck) checkDepth(body);
  else checkDocument(body);
  return body;
}

/** `what` names the text for whoever sent it. Throws `request-invalid`. */
export function readJson(text: string, what = 'The body'): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const problem = `${what} is not valid JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
    throw new AppError('request-invalid', problem, { cause, details: { problem } });
  }
}

import { createHmac } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import { MINUTE_MS } from '@sluice/shared/time';
import { isSameSecret } from '../access/secret-token.ts';
import { signatureOf } from '../calls/sign-call.ts';

/** The scheme of our own calls, which is told by its header; it carries the time and so bounds when it can be replayed. */
const OWN_HEADER = 'sluice-signature';
const TOLERANCE_MS = 5 * MINUTE_MS;

export interface SignedBody {
  body: string;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  /** The header in which the sender puts the HMAC-SHA256 of the body as hex, with or without `sha256=`. Any case. */
  header: string;
  secret: string | undefined;
  /** Unix milliseconds. */
  now: number;
}

/** Throws `signature-invalid` unless the body was signed with the secret; without a secret nobody is let in. */
export function checkSignature({ body, headers, header, secret, now }: SignedBody): void {
  if (secret === undefined) return refuse('This address asks for a signature, but no secret was set for it yet');
  const own = headers[OWN_HEADER];
  if (own !== undefined) return checkOwn(own, secret, body, now);
  const given = headers[header.toLowerCase()];
  if (typeof given !== 'string') return refuse(`The header ${header} with the signature of the body is missing`);
  const digest = /^(?:sha256=)?([0-9a-f]{64})$/i.exec(given.trim())?.[1]?.toLowerCase();
  const expected = createHmac('sha256', secret).update(body).digest('hex');
  if (digest === undefined || !isSameSecret(digest, expected))
    refuse(`The signature in the header ${header} does not fit the body and the secret`);
}

function checkOwn(given: string | string[], secret: string, body: string, now: number): void {
  const seconds = typeof given === 'string' ? /^t=(\d{1,12}),v1=[0-9a-f]{64}$/.exec(given)?.[1] : undefined;
  if (seconds === undefined) return refuse('The header Sluice-Signature does not have the form t=…,v1=…');
  const at = Number(seconds) * 1000;
  if (!isSameSecret(String(given), signatureOf(secret, body, at)))
    return refuse('The signature in the header Sluice-Signature does not fit the body and the secret');
  if (Math.abs(now - at) > TOLERANCE_MS) refuse('The signature was made more than 5 minutes from now');
}

function refuse(problem: string): never {
  throw new AppError('signature-invalid', problem, { details: { problem } });
}

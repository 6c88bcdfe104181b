/** What an attempt to hand one message to an SMTP server came to. */
export type SmtpOutcome =
  | { kind: 'accepted'; response: string }
  /** 5yz: the server will never take this message. */
  | { kind: 'refused'; response: string }
  /** 4yz: the server does not take it now. */
  | { kind: 'turned-down'; response: string }
  /** The connection broke before the first byte of the message: certainly not sent. */
  | { kind: 'not-begun'; response: string }
  /** The connection broke after that: the server may have taken it. */
  | { kind: 'unknown'; response: string }
  /** The server takes nothing from us: not reachable, TLS or sign-in failed. Says nothing about the message. */
  | { kind: 'unavailable'; response: string };

/** The parts of nodemailer's errors that tell how far an attempt came. */
export interface SmtpFailure extends Error {
  code?: string | undefined;
  responseCode?: number | undefined;
  response?: string | undefined;
}

/** 530 to 538: the server wants a (better) sign-in or encryption before it talks about messages (RFC 4954 section 6). */
const SIGN_IN_CODES = new Set([530, 534, 535, 538]);

/**
 * Judges a failure of `send`. Only an answer of the server, or the certainty that no byte of the message was read, is
 * taken as "not sent"; everything else is `unknown` (RUN-3).
 */
export function judgeSendFailure(failure: SmtpFailure, hasBegun: boolean): SmtpOutcome {
  const { responseCode } = failure;
  const response = describeFailure(failure);
  if (responseCode !== undefined && SIGN_IN_CODES.has(responseCode)) return { kind: 'unavailable', response };
  // 421 is the farewell of a server that closes; if the message had not begun it says nothing about it.
  if (responseCode === 421 && !hasBegun) return { kind: 'not-begun', response };
  if (responseCode !== undefined && responseCode >= 500) return { kind: 'refused', response };
  if (responseCode !== undefined && responseCode >= 400) return { kind: 'turned-down', response };
  // Judged by the client itself, such as an invalid recipient or a message above the size the server announced.
  if (failure.code === 'EENVELOPE' || (failure.code === 'EMESSAGE' && !hasBegun)) return { kind: 'refused', response };
  return { kind: hasBegun ? 'unknown' : 'not-begun', response };
}

const MAX_SENTENCE = 500;

/** The server's own sentence where there is one, else what the client saw. */
export function describeFailure(failure: SmtpFailure): string {
  return (failure.response || failure.message).replace(/\s+/g, ' ').slice(0, MAX_SENTENCE);
}

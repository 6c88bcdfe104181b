import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Call } from './serve.ts';

export const SESSION_COOKIE = 'sluice_session';

export function readSessionToken(request: FastifyRequest): string | undefined {
  return request.cookies[SESSION_COOKIE];
}

/** The call a handler sees. */
export function toCall(request: FastifyRequest, reply: FastifyReply): Call {
  const attributes = {
    path: '/',
    httpOnly: true,
    sameSite: 'lax' as const,
    // Behind a proxy the protocol is the one it reports, see TRUST_PROXY.
    secure: request.protocol === 'https',
  };
  return {
    ip: request.ip,
    sessionToken: readSessionToken(request),
    startSession: (token, expiresAt) =>
      void reply.setCookie(SESSION_COOKIE, token, { ...attributes, expires: expiresAt }),
    endSession: () => void reply.clearCookie(SESSION_COOKIE, attributes),
  };
}

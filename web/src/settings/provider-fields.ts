import type { api, BodyIn, EmailProvider } from '@sluice/shared/http-api';

type Smtp = Extract<EmailProvider, { kind: 'smtp' }>;

/** The form's fields: those of both kinds, and the password that is only ever written. */
export type ProviderFields = Omit<Smtp, 'kind' | 'hasPassword'> & { kind: EmailProvider['kind']; password?: string };

export const EMPTY_SMTP: Omit<ProviderFields, 'kind'> = {
  host: '',
  port: 587,
  security: 'starttls',
  username: '',
  from: '',
  maxConnections: 5,
};

/** The request of a filled form; an empty password is left out, which keeps the stored one. */
export function providerOf(fields: ProviderFields): BodyIn<typeof api.content.setEmailProvider> {
  if (fields.kind === 'outbox') return { provider: { kind: 'outbox' } };
  const { host, port, security, username, from, maxConnections, password } = fields;
  return {
    provider: {
      kind: 'smtp',
      host: host.trim(),
      port,
      security,
      from: from.trim(),
      maxConnections,
      ...(username?.trim() ? { username: username.trim() } : {}),
    },
    ...(password ? { password } : {}),
  };
}

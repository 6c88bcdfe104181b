import { type Static, Type } from 'typebox';
import { defineRoute, PageQuery, pageOf } from './route.ts';
import { Delivery } from './flows.ts';

/** E-mail goes through exactly one provider: the built-in outbox, or an SMTP server. The password is never read back. */
export const EmailProvider = Type.Union([
  Type.Object({ kind: Type.Literal('outbox') }, { additionalProperties: false }),
  Type.Object(
    {
      kind: Type.Literal('smtp'),
      host: Type.String({ minLength: 1, maxLength: 255 }),
      port: Type.Integer({ minimum: 1, maximum: 65535 }),
      security: Type.Union([Type.Literal('none'), Type.Literal('starttls'), Type.Literal('tls')]),
      username: Type.Optional(Type.String({ maxLength: 255 })),
      hasPassword: Type.Optional(Type.Boolean()),
      from: Type.String({ minLength: 3, maxLength: 320 }),
      maxConnections: Type.Integer({ minimum: 1, maximum: 50 }),
    },
    { additionalProperties: false },
  ),
]);
export type EmailProvider = Static<typeof EmailProvider>;

export const OutboxMessage = Type.Object({
  ...Delivery.properties,
  from: Type.String(),
  html: Type.String(),
  text: Type.String(),
});
export type OutboxMessage = Static<typeof OutboxMessage>;

export const contentRoutes = {
  previewEmail: defineRoute({
    method: 'POST',
    path: '/api/content/preview-email',
    access: 'signed-in',
    tag: 'content',
    summary: 'Render subject and MJML for a profile (or an example)',
    body: Type.Object(
      {
        subject: Type.String({ maxLength: 500 }),
        mjml: Type.String({ maxLength: 200_000 }),
        profileId: Type.Optional(Type.String({ maxLength: 64 })),
      },
      { additionalProperties: false },
    ),
    reply: Type.Object({ subject: Type.String(), html: Type.String(), text: Type.String() }),
  }),
  listOutbox: defineRoute({
    method: 'GET',
    path: '/api/outbox',
    access: 'signed-in',
    tag: 'content',
    summary: 'Messages that the outbox provider took, newest first',
    query: Type.Object({
      ...PageQuery,
      search: Type.Optional(Type.String({ maxLength: 200 })),
      flowId: Type.Optional(Type.String({ maxLength: 64 })),
    }),
    reply: pageOf(Delivery),
  }),
  getOutboxMessage: defineRoute({
    method: 'POST',
    path: '/api/outbox/read',
    access: 'signed-in',
    tag: 'content',
    summary: 'One message as it was sent',
    body: Type.Object({ deliveryId: Type.String({ maxLength: 200 }) }, { additionalProperties: false }),
    reply: OutboxMessage,
  }),
  getEmailProvider: defineRoute({
    method: 'GET',
    path: '/api/settings/email-provider',
    access: 'signed-in',
    tag: 'settings',
    summary: 'How e-mail leaves',
    reply: EmailProvider,
  }),
  setEmailProvider: defineRoute({
    method: 'PUT',
    path: '/api/settings/email-provider',
    access: ['administrator'],
    tag: 'settings',
    summary: 'Change how e-mail leaves; the password is kept when absent',
    body: Type.Object(
      { provider: EmailProvider, password: Type.Optional(Type.String({ maxLength: 500 })) },
      { additionalProperties: false },
    ),
    reply: EmailProvider,
  }),
  testEmailProvider: defineRoute({
    method: 'POST',
    path: '/api/settings/email-provider/test',
    access: ['administrator'],
    tag: 'settings',
    summary: 'Send a test message through the stored provider',
    body: Type.Object({ to: Type.String({ minLength: 3, maxLength: 254 }) }, { additionalProperties: false }),
    reply: Type.Object({ isSent: Type.Boolean(), detail: Type.String() }),
  }),
};

import { AppError } from '@sluice/shared/errors';
import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';

/** What this channel needs of the params of a node that holds a message. */
const EmailParams = Type.Object({
  /** The attribute that holds the address. */
  to: Type.String(),
  subject: Type.String(),
  preheader: Type.Optional(Type.String()),
  body: Type.String(),
  fromName: Type.Optional(Type.String()),
});
export type EmailParams = Static<typeof EmailParams>;

/** Throws `request-invalid` for params that hold no e-mail. */
export function readEmailParams(content: unknown): EmailParams {
  if (Value.Check(EmailParams, content)) return content;
  throw new AppError('request-invalid', 'The node holds no e-mail: it needs the params to, subject and body');
}

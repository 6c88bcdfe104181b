import type { Reason } from '@sluice/shared/model';

/** Why a delivery is where it is. The words in both languages stand with the e-mail node. */
export const EMAIL_REASONS = [
  'email:no-address',
  'email:invalid-address',
  'email:content-invalid',
  'email:refused',
  'email:postponed',
  'email:gave-up',
  'email:connection-lost',
  'email:sender-lost',
  'email:words-missing',
] as const;

/** A reason of this channel; the type keeps out a code without words. */
export function emailReason(code: (typeof EMAIL_REASONS)[number], values?: NonNullable<Reason['values']>): Reason {
  return values ? { code, values } : { code };
}

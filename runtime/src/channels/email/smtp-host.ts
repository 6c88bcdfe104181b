import { AppError } from '@sluice/shared/errors';
import { HostRefused, resolveHost } from '../../outbound/resolve-host.ts';

/** The IP address to connect to. Throws `provider-invalid` for a host that the outbound rules refuse or nobody knows. */
export async function resolveSmtpHost(host: string, options: { allowPrivate: boolean }): Promise<string> {
  try {
    const [address = ''] = await resolveHost(host, options);
    return address;
  } catch (cause) {
    if (!(cause instanceof HostRefused)) throw cause;
    const { problem } = cause;
    const hint = problem === 'private' ? '; SMTP_ALLOW_PRIVATE=yes allows it' : '';
    throw new AppError('provider-invalid', cause.message + hint, { cause, details: { problem, host } });
  }
}

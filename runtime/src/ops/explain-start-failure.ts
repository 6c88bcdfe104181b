import { AppError } from '@sluice/shared/errors';
import type { Config } from '../config.ts';

/** One sentence for the terminal: what keeps the server from starting and what to do. */
export function explainStartFailure(failure: unknown, config: Pick<Config, 'host' | 'port'> | undefined): string {
  const code = failure instanceof Error && 'code' in failure ? failure.code : undefined;
  const where = config ? `${config.host}:${config.port}` : '';
  if (code === 'EADDRINUSE')
    return `Port ${config?.port} on ${config?.host} is in use; stop what uses it, or set PORT to another one.`;
  if (code === 'EACCES') return `This user may not listen on ${where}; set PORT to one above 1023.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `This machine has no address ${config?.host}; set HOST to one it has, such as 127.0.0.1.`;
  if (failure instanceof AppError && failure.code === 'store-unreachable')
    return `${failure.message}; start it, or correct MONGODB_URL, or unset it to use the embedded store.`;
  if (failure instanceof AppError) return `${failure.message}.`;
  return failure instanceof Error ? failure.message : String(failure);
}

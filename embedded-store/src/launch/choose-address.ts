import { join } from 'node:path';
import type { Listen } from '../server/store-server.ts';

/** sockaddr_un holds 108 bytes with the closing NUL (unix(7)); a longer path is cut silently by some systems. */
const maxSocketPathBytes = 107;
export const socketFile = 'store.sock';

/** A Unix socket inside the (private) data folder, or a free loopback port where its path would be too long. */
export function chooseAddress(folder: string, platform: NodeJS.Platform): Listen {
  const path = join(folder, socketFile);
  const isTooLong = Buffer.byteLength(path) > maxSocketPathBytes;
  return platform === 'win32' || isTooLong ? { port: 0 } : { path };
}

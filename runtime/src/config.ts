import { existsSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '@sluice/shared/errors';

export interface Config {
  host: string;
  port: number;
  /** Absent: the embedded store in `dataDir`. */
  mongodbUrl: string | undefined;
  dataDir: string;
  /** Address under which recipients reach tracked links; no trailing slash. */
  publicUrl: string;
  timeZone: string;
  logLevel: string;
  /** Addresses or networks of reverse proxies whose X-Forwarded headers count. */
  trustProxy: string | undefined;
  metricsToken: string | undefined;
  /** Key under which credentials are stored; absent: a key file in the data folder. */
  secretKey: string | undefined;
  /** Whether an SMTP server may have a private address. */
  allowPrivateHosts: boolean;
  /** Whether webhooks and services may have a private address. */
  allowPrivateCalls: boolean;
  webDist: string | undefined;
}

/** Every setting with its environment variable, default and meaning; the README's table is tested against it. */
export const SETTINGS = [
  { name: 'HOST', fallback: '127.0.0.1', meaning: 'Address to listen on' },
  { name: 'PORT', fallback: '4310', meaning: 'Port of the API and the web app' },
  { name: 'MONGODB_URL', fallback: '', meaning: 'MongoDB to use instead of the embedded store' },
  { name: 'DATA_DIR', fallback: '.data', meaning: 'Folder of the embedded store' },
  { name: 'PUBLIC_URL', fallback: '', meaning: 'Address of tracked links in messages; http://HOST:PORT when empty' },
  { name: 'TIME_ZONE', fallback: '', meaning: 'IANA time zone of the workspace; the machine’s when empty' },
  { name: 'LOG_LEVEL', fallback: 'info', meaning: 'trace, debug, info, warn, error or silent' },
  { name: 'TRUST_PROXY', fallback: '', meaning: 'Reverse proxies whose X-Forwarded headers count, such as 10.0.0.0/8' },
  {
    name: 'METRICS_TOKEN',
    fallback: '',
    meaning: 'Bearer token for /metrics; without it only this machine may read them',
  },
  {
    name: 'SECRET_KEY',
    fallback: '',
    meaning: 'Key (32 bytes, base64) that seals stored credentials; a file in DATA_DIR when empty',
  },
  {
    name: 'SMTP_ALLOW_PRIVATE',
    fallback: 'yes',
    meaning: 'yes or no: whether an SMTP server may have a private address; link-local addresses never may',
  },
  {
    name: 'HTTP_ALLOW_PRIVATE',
    fallback: 'no',
    meaning: 'yes or no: whether webhooks and services may call private addresses; link-local ones never',
  },
] as const;

const LOG_LEVELS: string[] = ['trace', 'debug', 'info', 'warn', 'error', 'silent'];

/** Reads the environment; throws `request-invalid` that names the variable and what it should hold. */
export function readConfig(env: NodeJS.ProcessEnv, root: string): Config {
  const read = (name: (typeof SETTINGS)[number]['name']) =>
    env[name]?.trim() || (SETTINGS.find((setting) => setting.name === name)?.fallback ?? '');
  const port = Number(read('PORT'));
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new AppError('request-invalid', `PORT must be a number from 0 to 65535, not "${read('PORT')}"`);
  const timeZone = read('TIME_ZONE') || Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!isTimeZone(timeZone))
    throw new AppError('request-invalid', `TIME_ZONE must be an IANA zone such as Asia/Shanghai, not "${timeZone}"`);
  const logLevel = read('LOG_LEVEL');
  if (!LOG_LEVELS.includes(logLevel))
    throw new AppError('request-invalid', `LOG_LEVEL must be one of ${LOG_LEVELS.join(', ')}, not "${logLevel}"`);
  const mongodbUrl = read('MONGODB_URL') || undefined;
  if (mongodbUrl !== undefined && !/^mongodb(\+srv)?:\/\//.test(mongodbUrl))
    throw new AppError('request-invalid', 'MONGODB_URL must begin with mongodb:// or mongodb+srv://');
  const publicUrl = read('PUBLIC_URL');
  if (publicUrl && !/^https?:\/\/[^/]/.test(publicUrl))
    throw new AppError('request-invalid', `PUBLIC_URL must be an http or https address, not "${publicUrl}"`);
  const host = read('HOST');
  const webDist = path.join(root, 'web', 'dist');
  return {
    host,
    port,
    mongodbUrl,
    dataDir: path.resolve(root, read('DATA_DIR')),
    publicUrl: (publicUrl || `http://${host}:${port}`).replace(/\/+$/, ''),
    timeZone,
    logLevel,
    trustProxy: read('TRUST_PROXY') || undefined,
    metricsToken: read('METRICS_TOKEN') || undefined,
    secretKey: read('SECRET_KEY') || undefined,
    allowPrivateHosts: read('SMTP_ALLOW_PRIVATE') !== 'no',
    allowPrivateCalls: read('HTTP_ALLOW_PRIVATE') === 'yes',
    webDist: existsSync(path.join(webDist, 'index.html')) ? webDist : undefined,
  };
}

function isTimeZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

import type { KeyObject } from 'node:crypto';
import { AppError } from '@sluice/shared/errors';
import type { EmailProvider } from '@sluice/shared/http-api';
import addressparser from 'nodemailer/lib/addressparser';
import { type Database, declareCollection } from '../../stores/database.ts';
import { isEmailAddress } from './email-address.ts';
import { openText, type SealedText, sealText } from '../../secrets/sealed-text.ts';

export type SmtpProvider = Extract<EmailProvider, { kind: 'smtp' }>;

/** One setting of the workspace under its name. */
export interface EmailProviderRecord {
  _id: 'email-provider';
  provider: EmailProvider;
  password?: SealedText;
  /** Rises with each change: senders see that they must connect anew. */
  revision: number;
}

export const settings = declareCollection<EmailProviderRecord>('settings');

/** What a sender needs; the only place where the password is in the clear. */
export type ActiveProvider =
  | { kind: 'outbox'; revision: number }
  | { kind: 'smtp'; revision: number; smtp: SmtpProvider; password: string | undefined };

export interface ProviderSettings {
  /** As a person may see it: without the password. */
  read(): Promise<EmailProvider>;
  /** Keeps the stored password when none is given and server and user stay the same. Throws `provider-invalid`. */
  write(provider: EmailProvider, password: string | undefined): Promise<EmailProvider>;
  active(): Promise<ActiveProvider>;
}

const ID = 'email-provider';
const PLACE = `settings/${ID}`;

export function createProviderSettings(deps: { database: Database; secretKey: KeyObject }): ProviderSettings {
  const collection = deps.database.collection(settings);
  const find = async () =>
    (await collection.findOne({ _id: ID })) ?? { provider: { kind: 'outbox' as const }, revision: 0 };
  return {
    async read() {
      const record: Partial<EmailProviderRecord> = await find();
      return describe(record.provider ?? { kind: 'outbox' }, record.password);
    },
    async write(wanted, password) {
      const stored: Partial<EmailProviderRecord> = await find();
      const provider = check(wanted);
      const sealed = password ? sealText(deps.secretKey, PLACE, password) : keepPassword(stored, provider);
      await collection.updateOne(
        { _id: ID },
        {
          $set: { provider, ...(sealed && { password: sealed }) },
          $inc: { revision: 1 },
          ...(!sealed && { $unset: { password: true } }),
        },
        { upsert: true },
      );
      return describe(provider, sealed);
    },
    async active() {
      const { provider, password, revision }: Omit<EmailProviderRecord, '_id'> = await find();
      if (provider.kind === 'outbox') return { kind: 'outbox', revision };
      return {
        kind: 'smtp',
        revision,
        smtp: provider,
        password: password && openText(deps.secretKey, PLACE, password),
      };
    },
  };
}

/** Splits `Name <address>`; throws `provider-invalid` unless it is one valid address. */
export function readSender(from: string): { name: string; address: string } {
  const [sender, ...others] = addressparser(from, { flatten: true });
  if (!sender || others.length > 0 || !isEmailAddress(sender.address))
    throw invalid('from', `"${from}" is no sender; write an address, or Name <name@example.com>`);
  return sender;
}

function check(provider: EmailProvider): EmailProvider {
  if (provider.kind === 'outbox') return provider;
  readSender(provider.from);
  if (/\s/.test(provider.host)) throw invalid('host', 'The server is a host name or an IP address without spaces');
  const { hasPassword: _, ...stored } = provider;
  return stored;
}

/** A stored password goes only where it was entered for: else whoever may change the server could have it sent to his own. */
function keepPassword(
  { provider, password }: Partial<EmailProviderRecord>,
  wanted: EmailProvider,
): SealedText | undefined {
  if (wanted.kind !== 'smtp' || wanted.username === undefined || !password) return undefined;
  if (
    provider?.kind !== 'smtp' ||
    provider.host !== wanted.host ||
    provider.port !== wanted.port ||
    provider.username !== wanted.username ||
    (provider.security !== 'none' && wanted.security === 'none')
  )
    throw invalid('password', 'Enter the password again: server, port, user or encryption have changed');
  return password;
}

function describe(provider: EmailProvider, password: SealedText | undefined): EmailProvider {
  return provider.kind === 'smtp' ? { ...provider, hasPassword: password !== undefined } : provider;
}

function invalid(problem: string, message: string): AppError {
  return new AppError('provider-invalid', message, { details: { problem } });
}

import { AppError } from '@sluice/shared/errors';
import type { Account } from '@sluice/shared/http-api';
import type { Role } from '@sluice/shared/model';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import type { Database } from '../stores/database.ts';
import { isDuplicateKey } from '../stores/duplicate-key.ts';
import { accounts, toAccount } from './account-record.ts';
import { hashPassword, isPassword } from './password.ts';

export interface NewAccount {
  email: string;
  name: string;
  role: Role;
  password: string;
}

export interface Accounts {
  /** Throws `name-taken` when the e-mail address has an account. */
  create(account: NewAccount): Promise<Account>;
  get(id: string): Promise<Account | undefined>;
  list(): Promise<Account[]>;
  hasAny(): Promise<boolean>;
  /** The account, or undefined when the address or the password is wrong; both take the same time. */
  verify(email: string, password: string): Promise<Account | undefined>;
}

export function createAccounts(deps: { database: Database; clock: Clock }): Accounts {
  const stored = deps.database.collection(accounts);
  return {
    async create(account) {
      const email = normalizeEmail(account.email);
      const record = {
        _id: ulid(deps.clock.now()),
        email,
        name: account.name,
        role: account.role,
        passwordHash: await hashPassword(account.password),
        createdAt: new Date(deps.clock.now()),
      };
      try {
        await stored.insertOne(record);
      } catch (cause) {
        if (isDuplicateKey(cause))
          throw new AppError('name-taken', `There is already an account for ${email}`, {
            cause,
            details: { name: email },
          });
        throw cause;
      }
      return toAccount(record);
    },
    async get(id) {
      const found = await stored.findOne({ _id: id });
      return found ? toAccount(found) : undefined;
    },
    async list() {
      return (await stored.find().sort({ createdAt: 1, _id: 1 }).toArray()).map(toAccount);
    },
    async hasAny() {
      return (await stored.findOne({}, { projection: { _id: 1 } })) !== null;
    },
    async verify(email, password) {
      const record = await stored.findOne({ email: normalizeEmail(email) });
      const isRight = await isPassword(password, record?.passwordHash);
      return record && isRight ? toAccount(record) : undefined;
    },
  };
}

export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase();
}

import type { Account, ApprovalSetting } from '@sluice/shared/http-api';
import type { Clock } from '@sluice/shared/time';
import { ulid } from 'ulid';
import { type Database, declareCollection } from '../stores/database.ts';

/** One change of the setting; the last one holds, and none is ever taken out. */
export interface ApprovalSettingRecord {
  _id: string;
  isRequired: boolean;
  by: string;
  at: Date;
}

export const approvalSettings = declareCollection<ApprovalSettingRecord>('approvalSettings');

/** Whether the workspace wants a second person to agree before a draft is published. */
export interface ApprovalSettings {
  isRequired(): Promise<boolean>;
  read(): Promise<ApprovalSetting>;
  write(isRequired: boolean, by: Account): Promise<ApprovalSetting>;
}

export function createApprovalSettings({ database, clock }: { database: Database; clock: Clock }): ApprovalSettings {
  const stored = database.collection(approvalSettings);
  const last = async () => (await stored.find().sort({ _id: -1 }).limit(1).toArray())[0];
  const read = async () => toReply(await last());
  return {
    isRequired: async () => (await last())?.isRequired ?? false,
    read,
    async write(isRequired, by) {
      // Said again it is no change.
      if (isRequired === ((await last())?.isRequired ?? false)) return read();
      const now = clock.now();
      await stored.insertOne({ _id: ulid(now), isRequired, by: by.name, at: new Date(now) });
      return read();
    },
  };
}

function toReply(record: ApprovalSettingRecord | undefined): ApprovalSetting {
  return {
    isRequired: record?.isRequired ?? false,
    changedBy: record?.by ?? null,
    changedAt: record?.at.toISOString() ?? null,
  };
}

import type { DatasetDeclaration } from '@sluice/shared/model';

/** A dataset as an insurer declares it: a row a policy, and where its owner lives beside it. */
export const POLICIES: DatasetDeclaration = {
  displayName: 'Policies',
  description: 'Every policy that was sold',
  columns: [
    { name: 'user_id', type: 'string', sensitivity: 'internal' },
    { name: 'policy_number', displayName: 'Policy number', type: 'string', sensitivity: 'internal' },
    { name: 'premium', displayName: 'Premium', type: 'number', sensitivity: 'internal' },
    { name: 'due', displayName: 'Up for renewal', type: 'date', sensitivity: 'internal' },
    { name: 'segment', type: 'string', sensitivity: 'internal', joined: 'segment' },
  ],
  userColumn: 'user_id',
  keyColumns: ['policy_number'],
  lookups: [{ name: 'dearest', columns: ['policy_number', 'premium'], where: [], sortBy: 'premium', limit: 3 }],
};

/** Rows of the first people of the sample: everyone has one policy, and every third a second, dear one. */
export function policyRows(people: number): { user_id: string; policy_number: string; premium: number; due: string }[] {
  return Array.from({ length: people }, (_, index) => index + 1).flatMap((number) =>
    [120, ...(number % 3 === 0 ? [900] : [])].map((premium, at) => ({
      user_id: `user-${number}`,
      policy_number: `P-${number}-${at + 1}`,
      premium,
      due: '2027-03-01',
    })),
  );
}

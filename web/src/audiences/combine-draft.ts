import type { Condition } from '@sluice/shared/condition';
import type { Overlap } from '@sluice/shared/http-api';

/** union: in any of them; intersection: in all; difference: in the first and in none of the others. */
export type Operation = 'union' | 'intersection' | 'difference';
export const OPERATIONS: readonly Operation[] = ['union', 'intersection', 'difference'];
export const LEAST = 2;
export const MOST = 6;

/** The operation as a condition, which a dynamic audience follows and a snapshot is frozen from. */
export function toCondition(operation: Operation, audiences: readonly string[]): Condition {
  const leaf = (audience: string, is: 'member' | 'notMember'): Condition => ({ op: 'audience', audience, is });
  const members = audiences.map((audience) => leaf(audience, 'member'));
  if (operation === 'union') return { op: 'any', of: members };
  if (operation === 'intersection') return { op: 'all', of: members };
  const others = audiences.slice(1).map((audience) => leaf(audience, 'notMember'));
  return { op: 'all', of: [...members.slice(0, 1), ...others] };
}

/** Whether people who are in exactly these audiences belong to the result. */
export function isKept(operation: Operation, chosen: readonly string[], { audiences }: Overlap): boolean {
  if (operation === 'union') return audiences.length > 0;
  if (operation === 'intersection') return audiences.length === chosen.length;
  return audiences.length === 1 && audiences[0] === chosen[0];
}

export function countKept(operation: Operation, chosen: readonly string[], overlaps: readonly Overlap[]): number {
  return overlaps.filter((overlap) => isKept(operation, chosen, overlap)).reduce((sum, { count }) => sum + count, 0);
}

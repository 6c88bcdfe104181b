import type { SealedText } from '../secrets/sealed-text.ts';
import { declareCollection } from '../stores/database.ts';

/** The address at which one trigger of a flow listens; it outlives the version it was made for. */
export interface HookRecord {
  /** `<flow>/<node>` */
  _id: string;
  flowId: string;
  node: string;
  /** Finds the hook by what a caller sends. */
  tokenHash: string;
  token: SealedText;
  secret?: SealedText;
  changedAt: Date;
}

export const hooks = declareCollection<HookRecord>('hooks', [
  { key: { tokenHash: 1 }, options: { name: 'tokenHash', unique: true } },
  { key: { flowId: 1 }, options: { name: 'flowId' } },
]);

export function hookIdOf(flowId: string, node: string): string {
  return `${flowId}/${node}`;
}

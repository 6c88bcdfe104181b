import { declareCollection } from '../stores/database.ts';

/** A saved dry run with its assertions. */
export interface CaseRecord {
  _id: string;
  flowId: string;
  name: string;
  /** Scenario and assertions as JSON: the store never looks into them, and what they hold may have any key. */
  contentText: string;
  updatedAt: Date;
  updatedBy: string;
}

export const cases = declareCollection<CaseRecord>('cases', [{ key: { flowId: 1, name: 1 } }]);

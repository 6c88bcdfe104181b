import type { EventFacts, ProfileFacts } from '@sluice/shared/node-contract';
import type { ParentStep } from './run-record.ts';

/** One profile that enters a flow. The entry key decides whether it is a new run or one that exists (RUN-4). */
export interface Entry {
  profile: ProfileFacts;
  entryKey: string;
  /** What made it enter. */
  event?: EventFacts;
  /** How many flows called each other to get here; absent where none did. */
  depth?: number;
  /** The step that started it and waits for its end. */
  parent?: ParentStep;
}

import type { EventFacts, ProfileFacts } from '@sluice/shared/node-contract';
import type { ParentStep } from './run-record.ts';

/** The occasion on which a run was started, so that the same occasion, told again, is known for the same. */
export interface EntryOrigin {
  id: string;
  at: Date;
}

/** One profile that enters a flow. The entry key decides whether it is a new run or one that exists (RUN-4). */
export interface Entry {
  profile: ProfileFacts;
  entryKey: string;
  /** The profile that it was first asked for, where that has been merged since: the run keeps the id it would have had. */
  namedBy?: string;
  /** What made it enter. */
  event?: EventFacts;
  /** How many flows called each other to get here; absent where none did. */
  depth?: number;
  origin?: EntryOrigin;
  /** The step that started it and waits for its end. */
  parent?: ParentStep;
}

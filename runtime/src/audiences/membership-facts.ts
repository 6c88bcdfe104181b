/** One change of membership, as those who follow them are told. */
export interface MembershipFact {
  /** Names the change for ever: told twice, it is the same one. */
  id: string;
  audience: string;
  profileId: string;
  change: 'entered' | 'left';
  /** Unix milliseconds. */
  at: number;
  /** How many starts by flows, each in answer to the last, led to it; absent where none did. */
  depth?: number;
}

/**
 * Told of changes in batches of at most a thousand, at least once, also after a crash; twice must be harmless. Changes of
 * one profile in one audience come in order.
 */
export interface MembershipConsumer {
  consume(facts: readonly MembershipFact[]): Promise<void>;
}

import { StoreError } from './store-error.ts';

/** What a golden case comes to, as one text: what `act` answers, or the code of the refusal. */
export function outcomeOf(act: () => string): string {
  try {
    return act();
  } catch (error) {
    if (error instanceof StoreError) return `error ${error.code}`;
    throw error;
  }
}

import type { Command } from './command.ts';

/** Every command, in the order of the list that `sluice` prints. */
export const commands: readonly Command[] = [];

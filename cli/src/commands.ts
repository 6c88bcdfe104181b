import type { Command } from './command.ts';
import { initTemplate } from './template/init-template.ts';
import { publishTemplate } from './template/publish-template.ts';
import { testTemplate } from './template/test-template.ts';

/** Every command, in the order of the list that `sluice` prints. */
export const commands: readonly Command[] = [initTemplate, testTemplate, publishTemplate];

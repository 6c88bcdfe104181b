import type { Command } from './command.ts';
import { diffFlow } from './flow/diff-flow.ts';
import { pullFlow } from './flow/pull-flow.ts';
import { pushFlow } from './flow/push-flow.ts';
import { testFlow } from './flow/test-flow.ts';
import { validateFlow } from './flow/validate-flow.ts';
import { initTemplate } from './template/init-template.ts';
import { publishTemplate } from './template/publish-template.ts';
import { testTemplate } from './template/test-template.ts';

/** Every command, in the order of the list that `sluice` prints. */
export const commands: readonly Command[] = [
  pullFlow,
  pushFlow,
  diffFlow,
  validateFlow,
  testFlow,
  initTemplate,
  testTemplate,
  publishTemplate,
];

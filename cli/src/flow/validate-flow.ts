import { createOfflineCheck } from '@sluice/runtime/flows';
import { fillText } from '@sluice/shared/model';
import type { Command } from '../command.ts';
import { describeProblems } from './describe-problems.ts';
import { readFlow } from './read-file.ts';

export const validateFlow: Command = {
  name: 'flow validate',
  operands: 'FILE...',
  summary: ({ validate }) => validate.summary,
  async run({ operands, terminal }) {
    const { validate } = terminal.texts;
    const check = createOfflineCheck(Date.now);
    let errors = 0;
    for (const file of operands) {
      const { graph } = await readFlow(file, terminal);
      const problems = await check.problemsOf(graph, 'administrator');
      for (const line of describeProblems(file, graph, problems, terminal)) terminal.write(line);
      const found = problems.filter(({ severity }) => severity === 'error').length;
      const others = problems.length - found;
      errors += found;
      terminal.write(
        fillText(validate.count, {
          file,
          errors: fillText(found === 1 ? validate.errors_one : validate.errors_other, { count: found }),
          warnings: fillText(others === 1 ? validate.warnings_one : validate.warnings_other, { count: others }),
        }),
      );
    }
    return errors === 0 ? 0 : 1;
  },
};

import { createOfflineCheck } from '@sluice/runtime/flows';
import { describeNode, describeProblem } from '@sluice/shared/graph';
import { manifests } from '@sluice/templates/manifests';
import type { Command } from '../command.ts';
import { localeOf } from '../describe-failure.ts';
import { readFlow } from './read-file.ts';

export const validateFlow: Command = {
  name: 'flow validate',
  operands: 'FILE...',
  summary: 'Check flows as publishing would, without a server: each problem with its node and what to do about it.',
  async run({ operands, terminal }) {
    const check = createOfflineCheck(Date.now);
    const locale = localeOf(terminal.env);
    let errors = 0;
    for (const name of operands) {
      const { graph } = await readFlow(name, terminal);
      const problems = await check.problemsOf(graph, 'administrator');
      for (const problem of problems) {
        const node = graph.nodes.find(({ id }) => id === problem.node);
        const place = node ? `node ${node.id} “${describeNode(node, manifests, locale)}”` : (problem.edge ?? 'flow');
        const param = problem.param === undefined ? '' : ` ${problem.param}`;
        const text = describeProblem(problem, graph, manifests, locale);
        terminal.write(`${name}: ${problem.severity}: ${place}${param}: ${text} (${problem.code})`);
      }
      const found = problems.filter(({ severity }) => severity === 'error').length;
      errors += found;
      terminal.write(`${name}: ${count(found, 'error')}, ${count(problems.length - found, 'warning')}`);
    }
    return errors === 0 ? 0 : 1;
  },
};

function count(found: number, what: string): string {
  return `${found} ${what}${found === 1 ? '' : 's'}`;
}

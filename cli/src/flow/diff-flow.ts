import { api } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import { type Command, UsageError } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { compareGraphs } from './compare-graphs.ts';
import { describePlan, planCases, readCases } from './flow-cases.ts';
import { readFlow } from './read-file.ts';

export const diffFlow: Command = {
  name: 'flow diff',
  operands: 'FILE',
  summary: ({ diff }) => diff.summary,
  options: {
    ...SERVER_OPTIONS,
    flow: { value: 'FLOW', help: ({ options }) => options.diffFlow },
  },
  async run({ operands: [name = ''], options, terminal }) {
    const { diff, difference } = terminal.texts;
    const file = await readFlow(name, terminal);
    const flowId = options['flow'] ?? file.flowId;
    if (flowId === undefined) throw new UsageError(fillText(diff.unnamed, { file: name }));
    const server = openServer({ options, terminal });
    const params = { flowId };
    const [stored, { items }] = await Promise.all([
      server.call(api.flows.getFlow, { params }),
      server.call(api.cases.listCases, { params }),
    ]);
    const lines = [
      ...compareGraphs(stored.graph, file.graph, terminal.texts),
      ...describePlan(planCases(items, readCases(name, file.cases, terminal)), terminal.texts),
    ];
    if (file.name !== undefined && file.name !== stored.name)
      lines.unshift(`~ ${difference.name}: ${JSON.stringify(stored.name)} → ${JSON.stringify(file.name)}`);
    if (file.revision !== undefined && file.revision !== stored.revision)
      terminal.warn(fillText(diff.stale, { base: file.revision, revision: stored.revision }));
    for (const line of lines) terminal.write(line);
    if (lines.length === 0) terminal.write(diff.none);
    return lines.length === 0 ? 0 : 1;
  },
};

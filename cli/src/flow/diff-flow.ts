import { api } from '@sluice/shared/http-api';
import { type Command, UsageError } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { compareGraphs } from './compare-graphs.ts';
import { describePlan, planCases, readCases } from './flow-cases.ts';
import { readFlow } from './read-file.ts';

export const diffFlow: Command = {
  name: 'flow diff',
  operands: 'FILE',
  summary: 'Say what the file would change in the draft on the server; exit code 1 where it would change anything.',
  options: {
    ...SERVER_OPTIONS,
    flow: { value: 'FLOW', help: 'compare with this flow; else with the one of the file' },
  },
  async run({ operands: [name = ''], options, terminal }) {
    const file = await readFlow(name, terminal);
    const flowId = options['flow'] ?? file.flowId;
    if (flowId === undefined) throw new UsageError('The file says no flowId: name the flow with --flow.');
    const server = openServer({ options, terminal });
    const params = { flowId };
    const [stored, { items }] = await Promise.all([
      server.call(api.flows.getFlow, { params }),
      server.call(api.cases.listCases, { params }),
    ]);
    const lines = [
      ...compareGraphs(stored.graph, file.graph),
      ...describePlan(planCases(items, readCases(name, file.cases))),
    ];
    if (file.name !== undefined && file.name !== stored.name)
      lines.unshift(`~ name: ${JSON.stringify(stored.name)} → ${JSON.stringify(file.name)}`);
    if (file.revision !== undefined && file.revision !== stored.revision)
      terminal.warn(`The file is of revision ${file.revision}; the draft is at ${stored.revision} by now.`);
    for (const line of lines) terminal.write(line);
    if (lines.length === 0) terminal.write('No difference.');
    return lines.length === 0 ? 0 : 1;
  },
};

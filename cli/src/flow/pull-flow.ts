import { writeFile } from 'node:fs/promises';
import { writeFlowFile } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import type { Command } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { contentOf } from './flow-cases.ts';
import { pathOf } from './read-file.ts';

export const pullFlow: Command = {
  name: 'flow pull',
  operands: 'FLOW [FILE]',
  summary: 'Write the draft of a flow, with its cases, to a file; FLOW.flow.json where none is named.',
  options: SERVER_OPTIONS,
  async run({ operands: [flowId = '', file = `${flowId}.flow.json`], options, terminal }) {
    const server = openServer({ options, terminal });
    const params = { flowId };
    const [{ name, graph, revision }, { items }] = await Promise.all([
      server.call(api.flows.getFlow, { params }),
      server.call(api.cases.listCases, { params }),
    ]);
    const cases = items.map(contentOf);
    const about = { flowId, revision, name, ...(cases.length > 0 && { cases }) };
    await writeFile(pathOf(file, terminal), writeFlowFile({ ...about, graph }));
    terminal.write(`Wrote “${name}”, revision ${revision}, to ${file}.`);
    return 0;
  },
};

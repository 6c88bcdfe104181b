import { readFile, writeFile } from 'node:fs/promises';
import { writeFlowFile } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import type { Command } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
import { contentOf } from './flow-cases.ts';
import { pathOf } from './read-file.ts';

export const pullFlow: Command = {
  name: 'flow pull',
  operands: 'FLOW [FILE]',
  summary: ({ pull }) => pull.summary,
  options: { ...SERVER_OPTIONS, force: { help: ({ options }) => options.force } },
  async run({ operands: [flowId = '', file = `${flowId}.flow.json`], options, terminal }) {
    const { pull } = terminal.texts;
    const server = openServer({ options, terminal });
    const params = { flowId };
    const [{ name, graph, revision }, { items }] = await Promise.all([
      server.call(api.flows.getFlow, { params }),
      server.call(api.cases.listCases, { params }),
    ]);
    const cases = items.map(contentOf);
    const text = writeFlowFile({ flowId, revision, name, ...(cases.length > 0 && { cases }), graph });
    const place = pathOf(file, terminal);
    const before = await readExisting(place);
    if (before !== undefined && before !== text && options['force'] === undefined) {
      // What somebody wrote there is nowhere else.
      terminal.warn(fillText(pull.otherwise, { file }));
      return 1;
    }
    if (before !== text) await writeFile(place, text);
    terminal.write(fillText(before === text ? pull.same : pull.wrote, { name, revision, file }));
    return 0;
  },
};

async function readExisting(place: string): Promise<string | undefined> {
  try {
    return await readFile(place, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

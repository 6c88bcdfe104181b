import { writeFile } from 'node:fs/promises';
import { type FlowFile, writeFlowFile } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { type Command, UsageError } from '../command.ts';
import { openServer, type Server, SERVER_OPTIONS, ServerError } from '../server.ts';
import { pathOf, readFlow } from './read-file.ts';

export const pushFlow: Command = {
  name: 'flow push',
  operands: 'FILE',
  summary: 'Save the flow of a file as the draft, unless somebody saved it since it was pulled.',
  options: { ...SERVER_OPTIONS, create: { help: 'as a new flow, whose id is then written to the file' } },
  async run({ operands: [name = ''], options, terminal }) {
    const server = openServer({ options, terminal });
    const file = await readFlow(name, terminal);
    try {
      const saved = options['create'] === undefined ? await save(file, server) : await create(file, server);
      await writeFile(pathOf(name, terminal), writeFlowFile({ ...file, ...saved }));
      terminal.write(`Saved “${saved.name}” as revision ${saved.revision} of ${saved.flowId}.`);
      return 0;
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== 'draft-conflict') throw error;
      terminal.warn(`${error.message}. Nothing was saved: see what differs with “sluice flow diff ${name}”,`);
      terminal.warn('pull into another file and bring your change into it, then push that.');
      return 1;
    }
  },
};

type Saved = Required<Pick<FlowFile, 'flowId' | 'revision' | 'name'>>;

async function save({ flowId, revision, name, graph }: FlowFile, server: Server): Promise<Saved> {
  if (flowId === undefined || revision === undefined)
    throw new UsageError('The file says neither flowId nor revision: pull it first, or push it with --create.');
  const params = { flowId };
  const known = name ?? (await server.call(api.flows.getFlow, { params })).name;
  const saved = await server.call(api.flows.saveDraft, {
    params,
    body: { name: known, graph, baseRevision: revision },
  });
  return { flowId, revision: saved.revision, name: known };
}

async function create({ name, graph }: FlowFile, server: Server): Promise<Saved> {
  if (name === undefined) throw new UsageError('The file says no name for the new flow.');
  const { id, revision } = await server.call(api.flows.createFlow, { body: { name, graph } });
  return { flowId: id, revision, name };
}

import { writeFile } from 'node:fs/promises';
import { type FlowFile, writeFlowFile } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { type Command, type Terminal, UsageError } from '../command.ts';
import { openServer, type Server, SERVER_OPTIONS, ServerError } from '../server.ts';
import { compareGraphs } from './compare-graphs.ts';
import { planCases, readCases, saveCases } from './flow-cases.ts';
import { pathOf, readFlow } from './read-file.ts';

export const pushFlow: Command = {
  name: 'flow push',
  operands: 'FILE',
  summary: 'Save the flow of a file with its cases as the draft, unless somebody saved it since it was pulled.',
  options: { ...SERVER_OPTIONS, create: { help: 'as a new flow, whose id is then written to the file' } },
  async run({ operands: [name = ''], options, terminal }) {
    const server = openServer({ options, terminal });
    const file = await readFlow(name, terminal);
    const cases = readCases(name, file.cases);
    try {
      const saved = options['create'] === undefined ? await save(file, server) : await create(file, server);
      // Before the cases: what fails there is pushed again over the revision that this made.
      await writeFile(pathOf(name, terminal), writeFlowFile({ ...file, ...about(saved) }));
      terminal.write(
        saved.isNew
          ? `Saved “${saved.name}” as revision ${saved.revision} of ${saved.flowId}.`
          : `Nothing to save: revision ${saved.revision} of “${saved.name}” says the same.`,
      );
      await pushCases(saved.flowId, cases, server, terminal);
      return 0;
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== 'draft-conflict') throw error;
      terminal.warn(`${error.message}. Nothing was saved: see what differs with “sluice flow diff ${name}”,`);
      terminal.warn('pull into another file and bring your change into it, then push that.');
      return 1;
    }
  },
};

interface Saved extends Required<Pick<FlowFile, 'flowId' | 'revision' | 'name'>> {
  isNew: boolean;
}

const about = ({ flowId, revision, name }: Saved) => ({ flowId, revision, name });

async function save({ flowId, revision, name, graph }: FlowFile, server: Server): Promise<Saved> {
  if (flowId === undefined || revision === undefined)
    throw new UsageError('The file says neither flowId nor revision: pull it first, or push it with --create.');
  const params = { flowId };
  const stored = await server.call(api.flows.getFlow, { params });
  const known = name ?? stored.name;
  if (known === stored.name && compareGraphs(stored.graph, graph).length === 0)
    return { flowId, revision: stored.revision, name: known, isNew: false };
  const saved = await server.call(api.flows.saveDraft, {
    params,
    body: { name: known, graph, baseRevision: revision },
  });
  return { flowId, revision: saved.revision, name: known, isNew: true };
}

async function create({ name, graph }: FlowFile, server: Server): Promise<Saved> {
  if (name === undefined) throw new UsageError('The file says no name for the new flow.');
  const { id, revision } = await server.call(api.flows.createFlow, { body: { name, graph } });
  return { flowId: id, revision, name, isNew: true };
}

async function pushCases(
  flowId: string,
  cases: ReturnType<typeof readCases>,
  server: Server,
  terminal: Terminal,
): Promise<void> {
  const { items } = await server.call(api.cases.listCases, { params: { flowId } });
  const plan = planCases(items, cases);
  await saveCases(flowId, plan, server);
  const { added, changed, kept } = plan;
  if (added.length + changed.length > 0) terminal.write(`Cases: ${added.length} added, ${changed.length} changed.`);
  for (const name of kept)
    terminal.warn(
      `The case ${JSON.stringify(name)} is not in the file and stays: delete it in the dry runs of the flow.`,
    );
}

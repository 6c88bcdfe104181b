import { writeFile } from 'node:fs/promises';
import { type FlowFile, writeFlowFile } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { fillText } from '@sluice/shared/model';
import { type Command, type Terminal, UsageError } from '../command.ts';
import { openServer, type Server, SERVER_OPTIONS, ServerError } from '../server.ts';
import { compareGraphs } from './compare-graphs.ts';
import { planCases, readCases, saveCases } from './flow-cases.ts';
import { pathOf, readFlow } from './read-file.ts';

export const pushFlow: Command = {
  name: 'flow push',
  operands: 'FILE',
  summary: ({ push }) => push.summary,
  options: { ...SERVER_OPTIONS, create: { help: ({ options }) => options.create } },
  async run({ operands: [name = ''], options, terminal }) {
    const { push } = terminal.texts;
    const server = openServer({ options, terminal });
    const file = await readFlow(name, terminal);
    const cases = readCases(name, file.cases, terminal);
    const request = { file, name, server, terminal };
    try {
      const saved = options['create'] === undefined ? await save(request) : await create(request);
      const { flowId, revision } = saved;
      // Before the cases: what fails there is pushed again over the revision that this made.
      await writeFile(pathOf(name, terminal), writeFlowFile({ ...file, flowId, revision, name: saved.name }));
      terminal.write(fillText(saved.isNew ? push.saved : push.same, { name: saved.name, revision, flowId }));
      await pushCases(flowId, cases, server, terminal);
      return 0;
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== 'draft-conflict') throw error;
      const { draft } = error.details as { draft: { revision: number; updatedBy: string } };
      const { revision, updatedBy: by } = draft;
      terminal.warn(fillText(push.stale, { file: name, by, revision, base: file.revision ?? '' }));
      return 1;
    }
  },
};

interface Request {
  file: FlowFile;
  /** Of the file. */
  name: string;
  server: Server;
  terminal: Terminal;
}

interface Saved extends Required<Pick<FlowFile, 'flowId' | 'revision' | 'name'>> {
  isNew: boolean;
}

async function save({ file, name: fileName, server, terminal }: Request): Promise<Saved> {
  const { flowId, revision, name, graph } = file;
  if (flowId === undefined || revision === undefined)
    throw new UsageError(fillText(terminal.texts.push.unpulled, { file: fileName }));
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

async function create({ file: { name, graph }, name: fileName, server, terminal }: Request): Promise<Saved> {
  if (name === undefined) throw new UsageError(fillText(terminal.texts.push.nameless, { file: fileName }));
  const { id, revision } = await server.call(api.flows.createFlow, { body: { name, graph } });
  return { flowId: id, revision, name, isNew: true };
}

async function pushCases(
  flowId: string,
  cases: ReturnType<typeof readCases>,
  server: Server,
  terminal: Terminal,
): Promise<void> {
  const { push } = terminal.texts;
  const { items } = await server.call(api.cases.listCases, { params: { flowId } });
  const plan = planCases(items, cases);
  await saveCases(flowId, plan, server);
  const { added, changed, kept } = plan;
  if (added.length + changed.length > 0)
    terminal.write(fillText(push.cases, { added: added.length, changed: changed.length }));
  for (const name of kept) terminal.warn(fillText(push.caseKept, { name: JSON.stringify(name) }));
}

import { isDeepStrictEqual } from 'node:util';
import type { Graph, GraphNode } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { type Command, UsageError } from '../command.ts';
import { openServer, SERVER_OPTIONS } from '../server.ts';
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
    const stored = await openServer({ options, terminal }).call(api.flows.getFlow, { params: { flowId } });
    const lines = compareGraphs(stored.graph, file.graph);
    if (file.name !== undefined && file.name !== stored.name)
      lines.unshift(`~ name: ${JSON.stringify(stored.name)} → ${JSON.stringify(file.name)}`);
    if (file.revision !== undefined && file.revision !== stored.revision)
      terminal.warn(`The file is of revision ${file.revision}; the draft is at ${stored.revision} by now.`);
    for (const line of lines) terminal.write(line);
    if (lines.length === 0) terminal.write('No difference.');
    return lines.length === 0 ? 0 : 1;
  },
};

/** One line per thing that is other: `+` only in the later, `-` only in the earlier, `~` in both but not the same. */
export function compareGraphs(from: Graph, to: Graph): string[] {
  const nodes = pairs(from.nodes, to.nodes).flatMap(([id, before, after]) => {
    const said = ` node ${id} (${(after ?? before)?.kind})`;
    if (!before) return [`+${said}`];
    if (!after) return [`-${said}`];
    return changesOf(before, after).map((change) => `~${said} ${change}`);
  });
  const byPort = ({ edges }: Graph) => edges.map((edge) => ({ ...edge, id: `${edge.from}.${edge.port}` }));
  const edges = pairs(byPort(from), byPort(to)).flatMap(([port, before, after]) => {
    if (before?.to === after?.to) return [];
    if (!before) return [`+ edge ${port} > ${after?.to}`];
    return after ? [`~ edge ${port}: ${before.to} → ${after.to}`] : [`- edge ${port} > ${before.to}`];
  });
  const notes = pairs(from.notes ?? [], to.notes ?? []).flatMap(([id, before, after]) =>
    isDeepStrictEqual(before, after) ? [] : [`${before ? (after ? '~' : '-') : '+'} note ${id}`],
  );
  const rest = (['measurement', 'exposed', 'origin'] as const).flatMap((part) =>
    isDeepStrictEqual(from[part], to[part]) ? [] : [`~ ${part}: ${show(from[part])} → ${show(to[part])}`],
  );
  return [...nodes, ...edges, ...notes, ...rest];
}

function changesOf(before: GraphNode, after: GraphNode): string[] {
  const { params: _before, ...old } = before;
  const { params: _after, ...now } = after;
  const fields = (Object.keys({ ...old, ...now }) as (keyof typeof old)[]).flatMap((field) =>
    isDeepStrictEqual(old[field], now[field]) ? [] : [`${field}: ${show(old[field])} → ${show(now[field])}`],
  );
  const params = Object.keys({ ...before.params, ...after.params }).flatMap((name) => {
    const [one, two] = [before.params[name], after.params[name]];
    return isDeepStrictEqual(one, two) ? [] : [`/${name}: ${show(one)} → ${show(two)}`];
  });
  return [...fields, ...params];
}

function pairs<T extends { id: string }>(
  from: readonly T[],
  to: readonly T[],
): [string, T | undefined, T | undefined][] {
  const [before, after] = [from, to].map((items) => new Map(items.map((item) => [item.id, item])));
  const ids = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  return ids.map((id) => [id, before?.get(id), after?.get(id)]);
}

const MOST_LETTERS = 60;

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > MOST_LETTERS ? `${text.slice(0, MOST_LETTERS)}…` : text;
}

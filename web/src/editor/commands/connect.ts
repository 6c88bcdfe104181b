import { defineCommand } from '../command.ts';
import { applyDiff, type Change } from '../diff.ts';
import { refuseConnection } from '../connection-rules.ts';
import { edgeAtPort } from '../edge-index.ts';

/**
 * Draws an edge; one that already leaves the port is moved to the new target. `instead` names an edge that this one
 * takes the place of, as when its beginning is dragged to another port.
 */
export const connect = defineCommand<{ from: string; port: string; to: string; instead?: string }>({
  isEdit: true,
  plan: ({ document, catalog, createId }, { from, port, to, instead }) => {
    const replaced = instead === undefined ? undefined : document.edges[instead];
    const removal: Change[] = replaced ? [{ of: 'edge', id: replaced.id, before: replaced }] : [];
    const without = applyDiff(document, removal);
    const refusal = refuseConnection(without, catalog, from, port, to);
    if (refusal) return { session: { notice: { key: `refused.${refusal}` } } };
    const before = edgeAtPort(without, from, port);
    const after = { id: before?.id ?? createId('e'), from, port, to };
    const drawn: Change = { of: 'edge', id: after.id, ...(before && { before }), after };
    return { edit: { diff: [...removal, drawn], name: { key: 'connect' } } };
  },
});

export const disconnect = defineCommand<{ edge: string }>({
  isEdit: true,
  plan: ({ document }, { edge }) => {
    const before = document.edges[edge];
    return before && { edit: { diff: [{ of: 'edge', id: edge, before }], name: { key: 'disconnect' } } };
  },
});

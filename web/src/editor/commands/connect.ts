import { defineCommand } from '../command.ts';
import { refuseConnection } from '../connection-rules.ts';
import { edgeAtPort } from '../flow-document.ts';

/** Draws an edge; one that already leaves the port is moved to the new target. */
export const connect = defineCommand<{ from: string; port: string; to: string }>({
  isEdit: true,
  plan: ({ document, catalog, createId }, { from, port, to }) => {
    const refusal = refuseConnection(document, catalog, from, port, to);
    if (refusal) return { session: { notice: { key: `refused.${refusal}` } } };
    const before = edgeAtPort(document, from, port);
    const after = { id: before?.id ?? createId('e'), from, port, to };
    return {
      edit: { diff: [{ of: 'edge', id: after.id, ...(before && { before }), after }], name: { key: 'connect' } },
    };
  },
});

export const disconnect = defineCommand<{ edge: string }>({
  isEdit: true,
  plan: ({ document }, { edge }) => {
    const before = document.edges[edge];
    return before && { edit: { diff: [{ of: 'edge', id: edge, before }], name: { key: 'disconnect' } } };
  },
});

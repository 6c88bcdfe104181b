import { checkGraph } from '@sluice/shared/graph';
import { manifests } from '@sluice/templates/manifests';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { portsOf } from '../editor/catalog.ts';
import { createEditor } from '../editor/editor.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { nodeKinds } from './node-kinds.ts';

const NOTHING_KNOWN = { attributes: new Map<string, string>(), events: new Set<string>() };
/** Codes that speak of how nodes are joined; what is still empty or open is a matter of not being finished. */
const ABOUT_JOINING = /^(edge-|port-with-two|loop-without-wait|duplicate-|edge-into-trigger|unknown-)/;

test('[EDIT-3] whatever is drawn with the installed kinds, publish finds nothing wrong with how it is joined', () => {
  const add = fc.record({ do: fc.constant('add' as const), kind: fc.nat(20) });
  const join = fc.record({ do: fc.constant('join' as const), from: fc.nat(20), port: fc.nat(4), to: fc.nat(20) });
  const insert = fc.record({ do: fc.constant('insert' as const), kind: fc.nat(20), edge: fc.nat(40) });
  const remove = fc.record({ do: fc.constant('remove' as const), node: fc.nat(20) });
  fc.assert(
    fc.property(fc.array(fc.oneof(add, join, join, insert, remove), { maxLength: 40 }), (acts) => {
      let next = 0;
      const editor = createEditor({
        document: documentOf('Any', { schema: 1, nodes: [], edges: [] }),
        catalog: nodeKinds,
        createId: (prefix) => `${prefix}-${++next}`,
      });
      const kindAt = (index: number) => nodeKinds.kinds[index % nodeKinds.kinds.length]?.kind ?? '';
      for (const act of acts) {
        const { document } = editor.store.getState();
        const nodes = Object.values(document.nodes);
        const at = (index: number) => nodes[index % Math.max(1, nodes.length)];
        if (act.do === 'add') editor.run('add-node', { kind: kindAt(act.kind), target: { at: 'point' } });
        else if (act.do === 'insert') {
          const edge = Object.keys(document.edges)[act.edge % 5];
          if (edge !== undefined) editor.run('add-node', { kind: kindAt(act.kind), target: { at: 'edge', edge } });
        } else if (act.do === 'remove') {
          editor.run('select', { selection: { nodes: [at(act.node)?.id ?? ''], edges: [] } });
          editor.run('delete');
        } else {
          const from = at(act.from);
          const ports = from ? portsOf(nodeKinds, from) : [];
          const port = ports[act.port % Math.max(1, ports.length)];
          const to = at(act.to);
          if (from && port && to) editor.run('connect', { from: from.id, port: port.id, to: to.id });
        }
      }
      const problems = checkGraph(graphOf(editor.store.getState().document), manifests, NOTHING_KNOWN);
      expect(problems.map(({ code }) => code).filter((code) => ABOUT_JOINING.test(code))).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { act, perform } from './acts.fixture.ts';
import { documentIn, editorOf, FORKED, nodeOf, testCatalog } from './editor.fixture.ts';
import { documentOf, type FlowDocument } from './flow-document.ts';
import { layOut } from './layout.ts';
import { heightOf, NODE_WIDTH, type Point } from './placement.ts';

/** The document with its nodes where tidying puts them. */
function tidied(document: FlowDocument): FlowDocument {
  const places = layOut(document, testCatalog, Object.keys(document.nodes));
  const nodes = Object.entries(document.nodes).map(([id, node]) => [id, { ...node, position: places[id] as Point }]);
  return { ...document, nodes: Object.fromEntries(nodes) };
}

const placesOf = ({ nodes }: FlowDocument) =>
  Object.fromEntries(Object.values(nodes).map(({ id, position }) => [id, position]));
const anyFlow = fc.array(act, { maxLength: 30 }).map((acts) => {
  const editor = editorOf(FORKED);
  for (const one of acts) perform(editor, one);
  return documentIn(editor);
});

describe('tidying up', () => {
  test('a second time changes nothing, whatever the flow', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const once = tidied(flow);
        expect(placesOf(tidied(once))).toEqual(placesOf(once));
      }),
      { numRuns: 150 },
    );
  });

  test('an unchanged part stays put when another part is added and tidied', () => {
    fc.assert(
      fc.property(
        anyFlow,
        fc.integer({ min: -2000, max: 2000 }),
        fc.integer({ min: -2000, max: 2000 }),
        (flow, x, y) => {
          const before = tidied(flow);
          const stranger = [nodeOf('new-start', 'start', x, y), nodeOf('new-end', 'end', x + 50, y - 30)];
          const joined = { id: 'new-edge', from: 'new-start', port: 'out', to: 'new-end' };
          const grown = {
            ...before,
            nodes: { ...before.nodes, ...Object.fromEntries(stranger.map((node) => [node.id, node])) },
            edges: { ...before.edges, [joined.id]: joined },
          };
          expect(placesOf(tidied(grown))).toMatchObject(placesOf(before));
        },
      ),
      { numRuns: 100 },
    );
  });

  test('no card lies on another', () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        const cards = Object.values(tidied(flow).nodes);
        const overlaps = cards.flatMap((one, index) =>
          cards.slice(index + 1).filter((other) => {
            const [a, b] = [one.position, other.position];
            const isBeside = a.x + NODE_WIDTH <= b.x || b.x + NODE_WIDTH <= a.x;
            return !isBeside && a.y < b.y + heightOf(testCatalog, other) && b.y < a.y + heightOf(testCatalog, one);
          }),
        );
        expect(overlaps).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('a step put at the end of a way leaves what came before where it stands', () => {
    const before = tidied(documentOf('Flow', FORKED));
    const { end } = before.nodes;
    if (!end) throw new Error('the flow has an end');
    const late = nodeOf('late', 'pause', 5, 5);
    const grown: FlowDocument = {
      ...before,
      nodes: { ...before.nodes, late },
      edges: {
        ...before.edges,
        e4: { id: 'e4', from: 'act', port: 'out', to: 'late' },
        e6: { id: 'e6', from: 'late', port: 'out', to: 'end' },
      },
    };
    const { end: _end, ...kept } = placesOf(before);
    expect(placesOf(tidied(grown))).toMatchObject(kept);
  });
});

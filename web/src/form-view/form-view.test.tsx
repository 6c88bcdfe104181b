import { EMPTY_GRAPH, type Graph } from '@sluice/shared/graph';
import { api } from '@sluice/shared/http-api';
import { readyFlows } from '@sluice/templates/flows';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { createEditor, type Editor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { FormView } from './form-view.tsx';

const { server } = useReplyServer();
beforeEach(() => {
  server().reply(api.access.state, SIGNED_IN);
  server().reply(api.data.listAttributes, { items: [], next: null });
  server().reply(api.data.listEvents, { items: [], next: null });
});

async function open(graph: Graph): Promise<Editor> {
  let next = 0;
  const createId = (prefix: string) => `${prefix}-${(next += 1)}`;
  const editor = createEditor({ document: documentOf('Any', graph), catalog: nodeKinds, createId });
  await renderPage(
    <EditorProvider editor={editor}>
      <FormView />
    </EditorProvider>,
  );
  return editor;
}
const graphOf = (id: string) => readyFlows.find((flow) => flow.id === id)?.graph['en-US'] ?? EMPTY_GRAPH;
const nodesOf = (editor: Editor) => Object.values(editor.store.getState().document.nodes);

test('[FORM-1] a form that is begun and filled in is a flow, one step of undo each', async () => {
  const editor = await open(EMPTY_GRAPH);
  const user = userEvent.setup();
  await user.click(await screen.findByRole('button', { name: 'Begin' }));
  expect(nodesOf(editor).map(({ kind }) => kind)).toEqual(['schedule', 'exit']);
  const strategy = await screen.findByRole('region', { name: 'What is done' });
  const [add] = within(strategy).getAllByRole('button', { name: 'Add a step' });
  await user.click(add as HTMLElement);
  await user.click(await screen.findByRole('menuitem', { name: /E-mail/ }));
  expect(nodesOf(editor).map(({ kind }) => kind)).toEqual(expect.arrayContaining(['schedule', 'email', 'exit']));
  expect(editor.store.getState().history.past.map(({ name }) => name.key)).toEqual(['edit-form', 'edit-form']);
  editor.run('undo');
  expect(nodesOf(editor)).toHaveLength(2);
});

test('[FORM-2] a flow that no form can say is shown with the reason, and leads to the node', async () => {
  const editor = await open(graphOf('survey'));
  expect(await screen.findByText(/branches at “Answers\?”/)).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Add a step' })).not.toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'Show “Answers?” on the canvas' }));
  const { session } = editor.store.getState();
  expect(session.view).toBe('canvas');
  expect(session.selection.nodes).toEqual(['answer']);
});

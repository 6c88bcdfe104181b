import { api } from '@sluice/shared/http-api';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { documentIn, editorOf, FORKED, pick, sessionIn } from '../editor/editor.fixture.ts';
import { FlowCanvas } from './flow-canvas.tsx';

const { server } = useReplyServer();
beforeEach(() => server().reply(api.access.state, SIGNED_IN));

const NOTE = { id: 'n1', form: 'note', text: 'Why', position: { x: 0, y: -200 }, size: { width: 240, height: 120 } };
const noted = { ...FORKED, notes: [NOTE as { form: 'note' } & typeof NOTE] };

async function show() {
  const editor = editorOf(noted);
  await renderPage(
    <EditorProvider editor={editor}>
      <FlowCanvas />
    </EditorProvider>,
  );
  await screen.findByRole('toolbar', { name: 'Tools of the canvas' });
  return editor;
}

const words = () => screen.getAllByRole('textbox', { name: 'Text of the note' })[0] as HTMLElement;
const press = (target: HTMLElement, more = {}) => {
  fireEvent.pointerDown(target, { button: 0, pointerId: 1, clientX: 10, clientY: 10, ...more });
  fireEvent.pointerUp(window, { pointerId: 1, clientX: 10, clientY: 10 });
};

test('a press on a note selects it, a second one opens its words, and Escape leaves them', async () => {
  const editor = await show();
  press(words());
  expect(sessionIn(editor).selection).toEqual({ nodes: [], edges: [], notes: ['n1'] });
  expect(screen.getByRole('button', { name: /^Move: drag/, pressed: true })).toHaveFocus();
  press(words());
  expect(words()).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  expect(words()).not.toHaveFocus();
  expect(sessionIn(editor).selection.notes).toEqual(['n1']);
});

test('[EDIT-4] with the keyboard on it a note is moved, duplicated, written and deleted', async () => {
  const editor = await show();
  act(() => screen.getByRole('button', { name: /^Move: drag/ }).focus());
  await userEvent.keyboard('{ArrowRight}{Control>}d{/Control}');
  expect(Object.values(documentIn(editor).notes).map(({ position }) => position)).toEqual([
    { x: 20, y: -200 },
    { x: 60, y: -160 },
  ]);
  await userEvent.keyboard('{Delete}');
  expect(Object.keys(documentIn(editor).notes)).toEqual(['n1']);
  act(() => void editor.run('select-note', { note: 'n1' }));
  await userEvent.keyboard('{Enter}');
  expect(words()).toHaveFocus();
  await userEvent.keyboard('{Control>}d{/Control}!');
  expect(Object.keys(documentIn(editor).notes)).toEqual(['n1']);
  expect(documentIn(editor).notes['n1']?.text).toBe('Why!');
});

test('[EDIT-1] a drag by a note takes along what is selected with it, as one entry', async () => {
  const editor = await show();
  act(() => pick(editor, 'act'));
  press(words(), { shiftKey: true });
  const before = documentIn(editor);
  fireEvent.pointerDown(words(), { button: 0, pointerId: 1, clientX: 10, clientY: 10 });
  fireEvent.pointerMove(window, { pointerId: 1, clientX: 70, clientY: 10 });
  expect(documentIn(editor)).toBe(before);
  fireEvent.pointerUp(window, { pointerId: 1, clientX: 70, clientY: 10 });
  const moved = documentIn(editor);
  const way = (moved.notes['n1']?.position.x ?? 0) - NOTE.position.x;
  expect(way).toBeGreaterThan(0);
  expect((moved.nodes['act']?.position.x ?? 0) - (before.nodes['act']?.position.x ?? 0)).toBe(way);
  expect(editor.store.getState().history.past).toHaveLength(1);
  expect(screen.getByRole('button', { name: /^Undo: Move a node and a note/ })).toBeInTheDocument();
});

test('[EDIT-4] the outline reads notes and frames after the nodes, and they are written and deleted there', async () => {
  const editor = await show();
  act(() => {
    pick(editor, 'act', 'pause');
    editor.run('frame-nodes');
    editor.run('outline');
  });
  const section = await screen.findByRole('region', { name: 'Notes and frames' });
  expect(within(section).getByText('Around Act, Pause')).toBeInTheDocument();
  const [text] = within(section).getAllByRole('textbox', { name: 'Text of the note' });
  await userEvent.type(text as HTMLElement, ' we wait');
  expect(documentIn(editor).notes['n1']?.text).toBe('Why we wait');
  expect(sessionIn(editor).selection.notes).toEqual(['n1']);
  await userEvent.click(within(section).getByRole('button', { name: 'Delete the note' }));
  expect(Object.values(documentIn(editor).notes).map(({ form }) => form)).toEqual(['frame']);
  await waitFor(() => expect(within(section).getByRole('textbox', { name: 'Title of the frame' })).toHaveFocus());
  act(() => void editor.run('undo'));
  expect(await within(section).findByRole('textbox', { name: 'Text of the note' })).toHaveValue('Why we wait');
});

test('the map shows notes and frames beneath its nodes', async () => {
  const editor = await show();
  act(() => {
    pick(editor, 'act');
    editor.run('frame-nodes');
  });
  const map = document.querySelector('.react-flow__minimap-svg');
  await waitFor(() => expect(map?.querySelectorAll('rect[data-form]')).toHaveLength(2));
  expect(map?.firstElementChild?.tagName).toBe('g');
});

test('the right button offers what can be done with a note', async () => {
  const editor = await show();
  fireEvent.contextMenu(words());
  await userEvent.click(await screen.findByRole('menuitem', { name: /^Cut/ }));
  expect(documentIn(editor).notes).toEqual({});
  expect(JSON.parse(sessionIn(editor).clipboard ?? '')).toMatchObject({ nodes: [], notes: [{ text: 'Why' }] });
});

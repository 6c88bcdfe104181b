import { api } from '@sluice/shared/http-api';
import { cleanup, fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { KIND_FORMAT } from '../editing/dragged-kind.ts';
import { EditorProvider } from '../editing/editor-context.tsx';
import { documentIn, editorOf, FORKED, pick } from '../editor/editor.fixture.ts';
import { Palette } from './palette.tsx';

const { server } = useReplyServer();
beforeEach(() => server().reply(api.access.state, SIGNED_IN));

async function show() {
  const editor = editorOf({ ...FORKED, nodes: FORKED.nodes.slice(0, 1), edges: [] });
  await renderPage(
    <EditorProvider editor={editor}>
      <Palette isOpen onToggle={() => {}} />
    </EditorProvider>,
  );
  await screen.findByRole('complementary', { name: 'Nodes' });
  return editor;
}

test('kinds stand under their category', async () => {
  await show();
  expect(screen.getAllByRole('heading').map((heading) => heading.textContent)).toEqual([
    'Trigger',
    'Flow control',
    'Action',
  ]);
});

test('[EDIT-4] a kind is added behind the selected node by a click or Enter', async () => {
  const editor = await show();
  pick(editor, 'start');
  await userEvent.click(screen.getByRole('button', { name: 'Add “Act”' }));
  expect(Object.values(documentIn(editor).edges)).toMatchObject([{ from: 'start', to: 'act-n1' }]);
});

test('typing narrows the list and Enter adds the first that is left', async () => {
  const editor = await show();
  await userEvent.type(screen.getByRole('textbox', { name: 'Search nodes' }), 'fork{Enter}');
  expect(screen.queryByRole('button', { name: 'Add “Act”' })).not.toBeInTheDocument();
  expect(Object.values(documentIn(editor).nodes).map(({ kind }) => kind)).toContain('fork');
});

test('a search that finds nothing says so', async () => {
  await show();
  await userEvent.type(screen.getByRole('textbox', { name: 'Search nodes' }), 'qqq');
  expect(screen.getByText('No node is called “qqq”.')).toBeInTheDocument();
});

test('a dragged kind carries its name for the canvas', async () => {
  await show();
  const carried = new Map<string, string>();
  fireEvent.dragStart(screen.getByRole('button', { name: 'Add “Pause”' }), {
    dataTransfer: { setData: (format: string, text: string) => carried.set(format, text) },
  });
  expect(carried.get(KIND_FORMAT)).toBe('pause');
});

test('a kind that was marked stands on top, also at the next visit, and so does what was used last', async () => {
  await show();
  await userEvent.click(screen.getByRole('button', { name: 'Add “Pause” to the favourites' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add “Act”' }));
  cleanup();
  await show();
  const headings = screen.getAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);
  expect(headings.slice(0, 2)).toEqual(['Favourites', 'Used last']);
  const pressed = screen.getAllByRole('button', { name: 'Remove “Pause” from the favourites', pressed: true });
  expect(pressed).toHaveLength(2);
});

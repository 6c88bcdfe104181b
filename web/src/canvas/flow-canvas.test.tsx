import { api } from '@sluice/shared/http-api';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, test } from 'vitest';
import { renderPage, SIGNED_IN, useReplyServer } from '../../test/render-page.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import type { Editor } from '../editor/editor.ts';
import { documentIn, editorOf, FORKED, pick, sessionIn } from '../editor/editor.fixture.ts';
import { FlowCanvas } from './flow-canvas.tsx';
import { LiveProvider } from './live-layer.tsx';

const { server } = useReplyServer();
beforeEach(() => {
  localStorage.clear();
  server().reply(api.access.state, SIGNED_IN);
});

async function show(editor: Editor): Promise<void> {
  await renderPage(
    <EditorProvider editor={editor}>
      <FlowCanvas />
    </EditorProvider>,
  );
  await screen.findByRole('toolbar', { name: 'Tools of the canvas' });
}

const card = (name: RegExp) => screen.getByRole('group', { name });

describe('the drawing', () => {
  test('shows a card per node that says its name, and its line in words', async () => {
    await show(editorOf(FORKED));
    expect(card(/^Start\. /)).toBeInTheDocument();
    expect(within(card(/^Fork\. /)).getByText('a')).toBeInTheDocument();
    expect(screen.getAllByRole('group', { name: /^(Start|Fork|Act|Pause|End)\./ })).toHaveLength(5);
  });

  test('[EDIT-4] nodes stand in the order of the flow, which is the order of the Tab key', async () => {
    await show(editorOf(FORKED));
    const cards = screen.getAllByRole('group', { name: /^(Start|Fork|Act|Pause|End)\./ });
    expect(cards.map((element) => element.getAttribute('data-id'))).toEqual(['start', 'fork', 'act', 'end', 'pause']);
    expect(cards.every((element) => element.tabIndex === 0)).toBe(true);
  });

  test('a click on a card opens its form and leaves the keyboard on the canvas', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    fireEvent.click(card(/^Act\. /));
    expect(sessionIn(editor)).toMatchObject({ inspected: 'act', focusRequests: 0 });
  });

  test('a drag is one command when it ends: in between the document stays as it is', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    const before = documentIn(editor);
    const { x, y } = before.nodes['act']?.position ?? { x: 0, y: 0 };
    fireEvent.pointerDown(card(/^Act\. /), { button: 0, isPrimary: true, pointerId: 1, clientX: 10, clientY: 10 });
    for (const step of [20, 30, 47, 51])
      fireEvent.pointerMove(window, { pointerId: 1, clientX: 10 + step, clientY: 10 });
    expect(documentIn(editor)).toBe(before);
    const shown = card(/^Act\. /).style.transform;
    fireEvent.pointerUp(window, { pointerId: 1, clientX: 61, clientY: 10 });
    const moved = documentIn(editor).nodes['act']?.position;
    expect(moved?.x).toBeGreaterThan(x);
    expect(shown).toBe(`translate(${(moved?.x ?? 0) - x}px,${(moved?.y ?? 0) - y}px)`);
    expect(card(/^Act\. /).style).toMatchObject({ left: `${moved?.x}px`, top: `${moved?.y}px`, transform: 'none' });
    expect(editor.store.getState().history.past.map(({ name }) => name.key)).toEqual(['move']);
    editor.run('undo');
    expect(documentIn(editor)).toEqual(before);
  });

  test('Escape takes a drag back before it is one', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    const before = documentIn(editor);
    fireEvent.pointerDown(card(/^Act\. /), { button: 0, isPrimary: true, pointerId: 1, clientX: 10, clientY: 10 });
    fireEvent.pointerMove(window, { pointerId: 1, clientX: 110, clientY: 10 });
    await userEvent.keyboard('{Escape}');
    fireEvent.pointerUp(window, { pointerId: 1, clientX: 110, clientY: 10 });
    expect(documentIn(editor)).toBe(before);
  });

  test('an empty canvas says how to begin', async () => {
    const editor = editorOf({ schema: 1, nodes: [], edges: [] });
    await show(editor);
    expect(screen.getByText('Start with a trigger')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Start' }));
    expect(Object.values(documentIn(editor).nodes)).toMatchObject([{ kind: 'start' }]);
  });
});

describe('[EDIT-4] the keyboard alone', () => {
  test('[EDIT-4] walks along the edges, opens a form, deletes and takes it back', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    await userEvent.keyboard('{ArrowRight}{ArrowRight}{ArrowRight}{ArrowDown}');
    expect(sessionIn(editor).selection.nodes).toEqual(['pause']);
    await userEvent.keyboard('{Enter}');
    expect(sessionIn(editor)).toMatchObject({ inspected: 'pause', focusRequests: 1 });
    await userEvent.keyboard('{Delete}');
    expect(documentIn(editor).nodes['pause']).toBeUndefined();
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(documentIn(editor).nodes['pause']).toBeDefined();
  });

  test('[EDIT-4] adds a node behind the selected one by slash, typing and Enter', async () => {
    const editor = editorOf({ ...FORKED, nodes: FORKED.nodes.slice(0, 1), edges: [] });
    await show(editor);
    await userEvent.keyboard('{ArrowRight}/');
    const search = await screen.findByRole('combobox', { name: 'Search nodes' });
    expect(screen.queryByRole('option', { name: /Start/ })).not.toBeInTheDocument();
    await userEvent.type(search, 'pau{Enter}');
    expect(Object.values(documentIn(editor).edges)).toMatchObject([{ from: 'start', port: 'out', to: 'pause-n1' }]);
    expect(sessionIn(editor).selection.nodes).toEqual(['pause-n1']);
  });

  test('[EDIT-4] offers favourites and what was used last before anything is typed, and each kind once', async () => {
    localStorage.setItem('sluice.palette.favourites', 'pause');
    localStorage.setItem('sluice.palette.recent', 'act pause');
    const editor = editorOf(FORKED);
    await show(editor);
    await userEvent.keyboard('/');
    const search = await screen.findByRole('combobox');
    const groups = screen.getAllByRole('group', { name: /^(Favourites|Used last|All others)$/ });
    const offered = groups.map((group) =>
      within(group)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    );
    expect(offered.slice(0, 2)).toEqual([['PauseFlow control'], ['ActAction']]);
    expect(offered.flat()).toHaveLength(5);
    await userEvent.type(search, 'a');
    expect(screen.queryByRole('group', { name: 'Favourites' })).toBeNull();
    await userEvent.clear(search);
    await userEvent.type(search, '{ArrowDown}{Enter}');
    expect(documentIn(editor).nodes['act-n1']).toMatchObject({ kind: 'act' });
  });

  test('[EDIT-4] leaves the list of nodes by Escape without adding any', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    await userEvent.keyboard('/');
    await userEvent.type(await screen.findByRole('combobox'), '{Escape}');
    expect(screen.queryByRole('combobox')).not.toBeInTheDocument();
    expect(editor.isEnabled('undo')).toBe(false);
  });

  test('[EDIT-4] selects everything, moves it by a grid step and tidies up', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    await userEvent.keyboard('{Control>}a{/Control}{Shift>}{ArrowRight}{ArrowRight}{/Shift}');
    expect(documentIn(editor).nodes['start']?.position.x).toBe(40);
    expect(editor.store.getState().history.past).toHaveLength(1);
  });

  test('[EDIT-4] a question mark lists the keys', async () => {
    await show(editorOf(FORKED));
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(dialog).getByText('Duplicate')).toBeInTheDocument();
  });

  test('keys that are typed into a field stay there', async () => {
    const editor = editorOf(FORKED);
    await renderPage(
      <EditorProvider editor={editor}>
        <input aria-label="elsewhere" />
        <FlowCanvas />
      </EditorProvider>,
    );
    pick(editor, 'act');
    await userEvent.type(await screen.findByLabelText('elsewhere'), 'a/{Backspace}{Delete}');
    expect(documentIn(editor).nodes['act']).toBeDefined();
    expect(sessionIn(editor).quickAdd).toBeNull();
  });
});

describe('the menu of the right button', () => {
  test('offers what can be done with the card under it, each with its key', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    fireEvent.contextMenu(card(/^Act\. /));
    expect(sessionIn(editor).selection.nodes).toEqual(['act']);
    const entry = await screen.findByRole('menuitem', { name: /^Duplicate/ });
    expect(entry).toHaveTextContent('Ctrl+D');
    expect(screen.queryByRole('menuitem', { name: /^Arrange/ })).toBeNull();
    await userEvent.click(entry);
    expect(Object.keys(documentIn(editor).nodes)).toHaveLength(6);
    expect(screen.queryByRole('menuitem', { name: /^Duplicate/ })).toBeNull();
  });

  test('is about the whole selection when it is opened on a part of it', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    act(() => pick(editor, 'act', 'pause'));
    fireEvent.contextMenu(card(/^Act\. /));
    await userEvent.click(await screen.findByRole('menuitem', { name: /^Switch off/ }));
    const { act: one, pause } = documentIn(editor).nodes;
    expect([one?.isDisabled, pause?.isDisabled]).toEqual([true, true]);
    fireEvent.contextMenu(card(/^Act\. /));
    await waitFor(() => expect(screen.getByRole('menuitem', { name: /^Switch on/ })).toBeVisible());
    expect(screen.getByRole('menuitem', { name: /^Arrange/ })).toBeVisible();
  });

  test('is not offered to somebody who only looks', async () => {
    await show(editorOf(FORKED, true));
    fireEvent.contextMenu(card(/^Act\. /));
    expect(screen.queryByRole('menu')).toBeNull();
  });
});

describe('the clipboard', () => {
  test('carries nodes as text out of the page and back in', async () => {
    const editor = editorOf(FORKED);
    await show(editor);
    act(() => pick(editor, 'fork', 'act'));
    const data = new DataTransfer();
    const clipboardEvent = (type: string) => {
      const event = new Event(type, { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'clipboardData', { value: data });
      return event;
    };
    act(() => void document.dispatchEvent(clipboardEvent('copy')));
    expect(JSON.parse(data.getData('text/plain'))).toMatchObject({
      sluice: 'nodes',
      nodes: [{ id: 'fork' }, { id: 'act' }],
    });
    act(() => void document.dispatchEvent(clipboardEvent('paste')));
    expect(Object.keys(documentIn(editor).nodes)).toHaveLength(7);
  });
});

describe('the outline', () => {
  test('[EDIT-4] reads the flow in order and edits it', async () => {
    const editor = editorOf({ ...FORKED, edges: FORKED.edges.filter(({ id }) => id !== 'e3') });
    await show(editor);
    await userEvent.click(screen.getByRole('button', { name: 'Read as text' }));
    const outline = screen.getByRole('region', { name: 'The flow as text' });
    const lines = within(outline)
      .getAllByRole('listitem')
      .map((line) => line.textContent);
    expect(lines.slice(0, 3)).toEqual([expect.stringContaining('Start'), expect.stringContaining('Fork'), 'By “a”:']);
    await userEvent.click(within(outline).getByRole('button', { name: 'Delete “Act”' }));
    expect(documentIn(editor).nodes['act']).toBeUndefined();
    await userEvent.click(within(outline).getByRole('button', { name: 'Add a node' }));
    expect(sessionIn(editor).quickAdd).toEqual({ at: 'port', node: 'fork', port: 'b' });
  });
});

describe('live', () => {
  async function showLive(): Promise<unknown[]> {
    const opened: unknown[] = [];
    const node = (left: Record<string, number>, more = {}) => ({
      entered: Object.values(left).reduce((sum, count) => sum + count, 0),
      waiting: 0,
      failed: 0,
      ended: 0,
      left,
      ...more,
    });
    const counts = {
      version: 1,
      runs: 64_000,
      waiting: 3,
      ended: 0,
      failed: 0,
      enrolment: { status: 'done' as const, scanned: 64_000, enrolled: 64_000 },
      nodes: { fork: node({ a: 48_000, b: 16_000 }), pause: node({}, { entered: 3, waiting: 3 }) },
      asOf: '2026-03-01T10:00:00.000Z',
    };
    await renderPage(
      <EditorProvider editor={editorOf(FORKED, true)}>
        <LiveProvider value={{ counts, open: (place) => opened.push(place) }}>
          <FlowCanvas />
        </LiveProvider>
      </EditorProvider>,
    );
    await screen.findByRole('button', { name: /left “Fork” by “a”$/ });
    return opened;
  }

  test('every number on a node and an edge opens the people behind it', async () => {
    const opened = await showLive();
    await userEvent.click(screen.getByRole('button', { name: '64k entered “Fork”' }));
    await userEvent.click(screen.getByRole('button', { name: '3 waiting at “Pause”' }));
    await userEvent.click(screen.getByRole('button', { name: '48k · 75.0% left “Fork” by “a”' }));
    await waitFor(() =>
      expect(opened).toEqual([{ node: 'fork' }, { at: 'pause', status: 'waiting' }, { node: 'fork', port: 'a' }]),
    );
    expect(screen.queryByRole('button', { name: /Add a node/ })).not.toBeInTheDocument();
  });

  test('from afar less is shown: which way they went at forks, and from farther only what stands on the cards', async () => {
    await showLive();
    const surface = document.querySelector('[data-far]');
    const zoomTo = async (percent: number) => {
      const read = () => Number.parseInt(screen.getByText(/^\d+ %$/).textContent, 10);
      for (let was = read(); was > percent; was = read()) {
        fireEvent.click(screen.getByRole('button', { name: 'Zoom out' }));
        // oxlint-disable-next-line no-loop-func -- it is called before the loop goes on
        await waitFor(() => expect(read()).toBeLessThan(was));
      }
      return [surface?.getAttribute('data-far'), surface?.getAttribute('data-small')];
    };
    const forks = [...document.querySelectorAll('[data-edge-label] button[data-fork="true"]')];
    expect(forks.map(({ textContent }) => textContent)).toEqual(['48k · 75.0%', '16k · 25.0%']);
    expect(await zoomTo(100)).toEqual(['false', 'false']);
    expect(await zoomTo(54)).toEqual(['true', 'false']);
    expect(await zoomTo(41)).toEqual(['true', 'true']);
  });
});

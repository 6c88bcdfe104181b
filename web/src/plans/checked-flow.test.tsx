import { screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { renderPage, useReplyServer } from '../../test/render-page.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { editorOf, FORKED } from '../editor/editor.fixture.ts';
import { CheckedFlow } from './checked-flow.tsx';
import { ProblemList } from './problems-panel.tsx';

useReplyServer();
vi.mock('./check-flow.ts', () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});

test('[EDIT-3] a flow that cannot be checked on the page says so, instead of looking for ever or naming it right', async () => {
  await renderPage(
    <EditorProvider editor={editorOf(FORKED)}>
      <CheckedFlow>
        <ProblemList />
      </CheckedFlow>
    </EditorProvider>,
  );
  expect(await screen.findByText(/^Not checked: /)).toBeInTheDocument();
});

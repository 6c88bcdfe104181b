import { EMPTY_GRAPH } from '@sluice/shared/graph';
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { renderPage, useReplyServer } from '../../test/render-page.tsx';
import { EditorProvider } from '../editing/editor-context.tsx';
import { ProblemsProvider } from '../editing/problems.tsx';
import { editorOf, FORKED } from '../editor/editor.fixture.ts';
import { manifests } from './node-kinds.ts';
import { ProblemList } from './problems-panel.tsx';

useReplyServer();

test.each([
  [/^Looking for problems…$/, 'looking' as const],
  [/^Not checked: .* Publishing checks the flow in any case\.$/, 'unchecked' as const],
  [/^No problems$/, []],
])('[EDIT-3] says “%s” as long as that is what is known', async (words, problems) => {
  await renderPage(
    <EditorProvider editor={editorOf(FORKED)}>
      <ProblemsProvider problems={problems} graph={EMPTY_GRAPH} manifests={manifests}>
        <ProblemList />
      </ProblemsProvider>
    </EditorProvider>,
  );
  expect(await screen.findByText(words)).toBeInTheDocument();
});

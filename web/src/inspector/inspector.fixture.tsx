import { checkGraph } from '@sluice/shared/graph';
import { manifests } from '@sluice/templates/manifests';
import { screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { renderPage } from '../../test/render-page.tsx';
import { EditorProvider, useEditorState } from '../editing/editor-context.tsx';
import { ProblemsProvider } from '../editing/problems.tsx';
import { createEditor, type Editor } from '../editor/editor.ts';
import { documentOf, graphOf } from '../editor/flow-document.ts';
import { nodeKinds } from '../plans/node-kinds.ts';
import { Inspector } from './inspector.tsx';

function Checked({ children }: { children: ReactNode }) {
  const document = useEditorState((state) => state.document);
  const graph = graphOf(document);
  const problems = checkGraph(graph, manifests, { attributes: new Map(), events: new Set() });
  return (
    <ProblemsProvider problems={problems} graph={graph} manifests={manifests}>
      {children}
    </ProblemsProvider>
  );
}

/** An editor with one node of each given kind, the first one open. */
export async function inspect(...kinds: string[]): Promise<{ editor: Editor; panel: HTMLElement }> {
  const editor = createEditor({
    document: documentOf('Any', { schema: 1, nodes: [], edges: [] }),
    catalog: nodeKinds,
    createId: (prefix) => prefix,
  });
  for (const kind of kinds) editor.run('add-node', { kind, target: { at: 'point' } });
  editor.run('inspect', { node: kinds[0] ?? '', keepsFocus: true });
  await renderPage(
    <EditorProvider editor={editor}>
      <Checked>
        <Inspector />
      </Checked>
    </EditorProvider>,
  );
  return { editor, panel: await screen.findByRole('complementary') };
}

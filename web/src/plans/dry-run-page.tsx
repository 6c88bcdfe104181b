import type { Flow } from '@sluice/shared/http-api';
import { useState } from 'react';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { TestWorkspace } from '../sandbox/test-workspace.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { FlowHeader, type FlowMode } from './flow-header.tsx';
import { nodeKinds } from './node-kinds.ts';
import { createId } from './use-draft-editor.ts';
import { useOpenedDraft } from './use-opened-draft.ts';
import styles from './workspace.module.css';

interface DryRunPageProps {
  flow: Flow;
  onMode: (mode: FlowMode) => void;
}

/** The draft as it was saved last, to be run in virtual time. */
export function DryRunPage({ flow, onMode }: DryRunPageProps) {
  const opened = useOpenedDraft(flow.id);
  return (
    <div className={styles.workspace}>
      <FlowHeader flow={flow} name={opened.data?.name ?? flow.name} mode="test" onMode={onMode} actions={null} />
      {opened.error && <ErrorPanel error={opened.error} onRetry={() => void opened.refetch()} />}
      {opened.isPending && <Loading />}
      {opened.data && <Opened flow={opened.data} />}
    </div>
  );
}

function Opened({ flow }: { flow: Flow }) {
  const [editor] = useState(() =>
    createEditor({ document: documentOf(flow.name, flow.graph), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  return <TestWorkspace flow={flow} editor={editor} />;
}

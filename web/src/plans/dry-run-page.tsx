import { api, type Flow } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { TestWorkspace } from '../sandbox/test-workspace.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { FlowHeader, type FlowMode } from './flow-header.tsx';
import { nodeKinds } from './node-kinds.ts';
import { createId } from './use-draft-editor.ts';
import { useOpenedDraft } from './use-opened-draft.ts';
import { versionLabel } from './version-label.ts';
import styles from './workspace.module.css';

interface DryRunPageProps {
  flow: Flow;
  /** A published version; absent: the draft. */
  version: number | undefined;
  onMode: (mode: FlowMode) => void;
  onVersion: (version: number | undefined) => void;
}

/** The draft as it was saved last, or a published version, to be run in virtual time. */
export function DryRunPage({ flow, version, onMode, onVersion }: DryRunPageProps) {
  const { t } = useTranslation('plans');
  const opened = useOpenedDraft(flow.id);
  const versions = useReply(
    api.flows.listVersions,
    { params: { flowId: flow.id }, query: { limit: 200 } },
    { enabled: flow.liveVersion !== null },
  );
  const published = versions.data?.items ?? [];
  const error = opened.error ?? versions.error;
  const graph = version === undefined ? opened.data?.graph : published.find((one) => one.version === version)?.graph;
  const isLoading = opened.isPending || (version !== undefined && versions.isPending);
  return (
    <div className={styles.workspace}>
      <FlowHeader flow={flow} name={opened.data?.name ?? flow.name} mode="test" onMode={onMode} actions={null}>
        {published.length > 0 && (
          <Select<number>
            aria-label={t('versions.toTest')}
            value={version ?? 0}
            options={[
              { value: 0, label: t('versions.draft') },
              ...published.map((one) => ({
                value: one.version,
                label: t('versions.version', { version: versionLabel(one) }),
              })),
            ]}
            popupMatchSelectWidth={false}
            className={styles.versionChoice ?? ''}
            onChange={(chosen) => onVersion(chosen === 0 ? undefined : chosen)}
          />
        )}
      </FlowHeader>
      {error && <ErrorPanel error={error} onRetry={() => void Promise.all([opened.refetch(), versions.refetch()])} />}
      {isLoading && <Loading />}
      {!isLoading && !error && graph === undefined && <EmptyState title={t('versions.empty')} />}
      {opened.data && graph && (
        // Another graph is another drawing, and what was played over the one before says nothing of it.
        <Opened key={version ?? 0} flow={{ ...opened.data, graph }} version={version} />
      )}
    </div>
  );
}

function Opened({ flow, version }: { flow: Flow; version: number | undefined }) {
  const [editor] = useState(() =>
    createEditor({ document: documentOf(flow.name, flow.graph), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  return <TestWorkspace flow={flow} version={version} editor={editor} />;
}

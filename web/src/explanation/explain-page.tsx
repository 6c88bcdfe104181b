import { UserOutlined } from '@ant-design/icons';
import { api, type Explanation, type Flow } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProfileSelect } from '../data/profiles/profile-select.tsx';
import { createEditor } from '../editor/editor.ts';
import { documentOf } from '../editor/flow-document.ts';
import { useReply } from '../http/use-route.ts';
import { FlowHeader, type FlowMode } from '../plans/flow-header.tsx';
import { nodeKinds } from '../plans/node-kinds.ts';
import { createId } from '../plans/use-draft-editor.ts';
import workspace from '../plans/workspace.module.css';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { ExplainWorkspace } from './explain-workspace.tsx';
import styles from './explanation.module.css';

interface ExplainPageProps {
  flow: Flow;
  person: string;
  /** One of the runs of the person; absent: the newest. */
  run: string | undefined;
  onMode: (mode: FlowMode) => void;
  onPerson: (profileId: string, runId?: string) => void;
}

/** Why one person is where it is in a flow, or not in it: what was, what is, and what is to be expected. */
export function ExplainPage({ flow, person, run, onMode, onPerson }: ExplainPageProps) {
  const { t } = useTranslation('explanation');
  const isChosen = person !== '';
  const [trigger, setTrigger] = useState<string>();
  const found = useReply(
    api.explanation.explain,
    {
      params: { flowId: flow.id },
      body: {
        profileId: person,
        ...(run !== undefined && { runId: run }),
        ...(trigger !== undefined && { trigger }),
      },
    },
    { enabled: isChosen },
  );
  return (
    <div className={workspace.workspace}>
      <FlowHeader
        flow={flow}
        name={flow.name}
        mode="live"
        onMode={onMode}
        actions={<Button onClick={() => onMode('live')}>{t('toEveryone')}</Button>}
      >
        {isChosen && (
          <div className={styles.person}>
            <ProfileSelect
              value={found.data?.profile?.userId ?? person}
              onChange={(profileId) => onPerson(profileId)}
            />
          </div>
        )}
      </FlowHeader>
      {!isChosen && (
        <EmptyState
          icon={<UserOutlined />}
          title={t('whom')}
          text={t('whomText')}
          action={
            <div className={styles.whom}>
              <ProfileSelect value="" onChange={(profileId) => onPerson(profileId)} />
            </div>
          }
        />
      )}
      {found.error && <ErrorPanel error={found.error} onRetry={() => void found.refetch()} />}
      {isChosen && found.isPending && <Loading />}
      {found.data && (
        <Opened
          // Another answer is another drawing and another timeline.
          key={`${found.data.profile?.id}:${found.data.run}:${found.data.asOf}`}
          flow={flow}
          found={found.data}
          trigger={trigger}
          onTrigger={setTrigger}
          onRun={(runId) => onPerson(person, runId)}
          onRefresh={() => void found.refetch()}
          isRefreshing={found.isFetching}
        />
      )}
    </div>
  );
}

interface OpenedProps {
  flow: Flow;
  found: Explanation;
  trigger: string | undefined;
  onTrigger: (trigger: string) => void;
  onRun: (runId: string) => void;
  onRefresh: () => void;
  isRefreshing: boolean;
}

function Opened({ flow, found, ...rest }: OpenedProps) {
  const graph = found.graph ?? flow.graph;
  const [editor] = useState(() =>
    createEditor({ document: documentOf(flow.name, graph), catalog: nodeKinds, createId, isReadOnly: true }),
  );
  return <ExplainWorkspace flowId={flow.id} graph={graph} editor={editor} found={found} {...rest} />;
}

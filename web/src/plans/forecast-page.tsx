import type { Flow } from '@sluice/shared/http-api';
import { ForecastWorkspace } from '../forecast/forecast-workspace.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { FlowHeader, type FlowMode } from './flow-header.tsx';
import { nodeKinds } from './node-kinds.ts';
import { useOpenedDraft } from './use-opened-draft.ts';
import styles from './workspace.module.css';

interface ForecastPageProps {
  flow: Flow;
  onMode: (mode: FlowMode) => void;
}

/** What the draft, or a published version, would do to everybody it is for. */
export function ForecastPage({ flow, onMode }: ForecastPageProps) {
  // A forecast is made of the stored draft: its last save has to be in.
  const opened = useOpenedDraft(flow.id);
  return (
    <div className={styles.workspace}>
      <FlowHeader flow={flow} name={opened.data?.name ?? flow.name} mode="forecast" onMode={onMode} actions={null} />
      {opened.error && <ErrorPanel error={opened.error} onRetry={() => void opened.refetch()} />}
      {opened.isPending && <Loading />}
      {opened.data && <ForecastWorkspace flow={opened.data} catalog={nodeKinds} />}
    </div>
  );
}

import { api, type Flow } from '@sluice/shared/http-api';
import { lazy, Suspense, useState } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import { useWorkspaceState } from '../access/session.ts';
import { personAddress } from '../explanation/person-address.ts';
import { useReply } from '../http/use-route.ts';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { Loading } from '../ui/loading.tsx';
import { DraftWorkspace, type DraftWorkspaceProps } from './draft-workspace.tsx';
import type { FlowMode } from './flow-header.tsx';
import { useNodeKinds } from './use-node-kinds.ts';
import { useOpenedDraft } from './use-opened-draft.ts';

/** Charts and tables of the numbers are no part of what an editor waits for. */
const LiveWorkspace = lazy(async () => ({ default: (await import('./live-workspace.tsx')).LiveWorkspace }));

/** Where the draft is run in virtual time. */
const DryRunPage = lazy(async () => ({ default: (await import('./dry-run-page.tsx')).DryRunPage }));

/** Why one person is where it is. */
const ExplainPage = lazy(async () => ({ default: (await import('../explanation/explain-page.tsx')).ExplainPage }));
/** Where the whole audience goes through it in virtual time. */
const ForecastPage = lazy(async () => ({ default: (await import('./forecast-page.tsx')).ForecastPage }));

const POLL_MS = 15_000;

/** One flow: its draft to edit, or a published version with its numbers. The mode stands in the address. */
export function FlowPage() {
  const { flowId = '' } = useParams();
  // Everything below belongs to one flow.
  return <OneFlow key={flowId} flowId={flowId} />;
}

function OneFlow({ flowId }: { flowId: string }) {
  const flow = useReply(api.flows.getFlow, { params: { flowId } }, { refetchInterval: POLL_MS });
  const account = useWorkspaceState().data?.account;
  const kinds = useNodeKinds();
  if (flow.error && !flow.data) return <ErrorPanel error={flow.error} onRetry={() => void flow.refetch()} />;
  if (!flow.data || !account || !kinds.isReady) return <Loading />;
  return <Modes flow={flow.data} accountId={account.id} />;
}

function Modes({ flow, accountId }: { flow: Flow; accountId: string }) {
  const [params, setParams] = useSearchParams();
  const navigate = useNavigate();
  // Chosen once: the page must not jump when the flow changes under it.
  const [first] = useState<FlowMode>(() =>
    flow.liveVersion !== null && !flow.hasUnpublishedChanges ? 'live' : 'edit',
  );
  const mode = modeOf(params.get('mode')) ?? first;
  const version = Number(params.get('version') ?? Number.NaN);
  const showMode = (mode: FlowMode) => setParams({ mode });
  const showVersion = (version: number) => setParams({ mode: 'live', version: String(version) });
  const person = params.get('person');
  if (person !== null)
    return (
      <Suspense fallback={<Loading />}>
        <ExplainPage
          flow={flow}
          person={person}
          run={params.get('run') ?? undefined}
          onMode={showMode}
          onPerson={(profileId, runId) => void navigate(personAddress(flow.id, profileId, runId))}
        />
      </Suspense>
    );
  if (mode === 'live' && flow.liveVersion !== null)
    return (
      <Suspense fallback={<Loading />}>
        <LiveWorkspace
          flow={flow}
          version={Number.isNaN(version) ? undefined : version}
          onMode={showMode}
          onVersion={showVersion}
        />
      </Suspense>
    );
  if (mode === 'test')
    return (
      <Suspense fallback={<Loading />}>
        <DryRunPage
          flow={flow}
          version={Number.isNaN(version) ? undefined : version}
          onMode={showMode}
          onVersion={(chosen) => setParams({ mode: 'test', ...(chosen !== undefined && { version: String(chosen) }) })}
        />
      </Suspense>
    );
  if (mode === 'forecast')
    return (
      <Suspense fallback={<Loading />}>
        <ForecastPage flow={flow} onMode={showMode} />
      </Suspense>
    );
  return <Draft flow={flow} accountId={accountId} onMode={showMode} onShowVersion={showVersion} />;
}

function Draft({ flow, ...rest }: Omit<DraftWorkspaceProps, 'opened'>) {
  const opened = useOpenedDraft(flow.id);
  if (opened.error) return <ErrorPanel error={opened.error} onRetry={() => void opened.refetch()} />;
  if (!opened.data) return <Loading />;
  return <DraftWorkspace flow={flow} opened={opened.data} {...rest} />;
}

function modeOf(text: string | null): FlowMode | undefined {
  return text === 'edit' || text === 'test' || text === 'forecast' || text === 'live' ? text : undefined;
}

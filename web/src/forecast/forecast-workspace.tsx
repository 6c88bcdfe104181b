import { CloseOutlined, LineChartOutlined } from '@ant-design/icons';
import { api, type Flow, type ForecastSummary } from '@sluice/shared/http-api';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDistinctTitles } from '../editing/distinct-titles.ts';
import { useHasRole } from '../access/session.ts';
import { useWordsOf } from '../editing/use-node-words.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useDebounced } from '../ui/use-debounced.ts';
import { Loading } from '../ui/loading.tsx';
import styles from './forecast.module.css';
import { ForecastHead } from './forecast-head.tsx';
import { OpenedForecast } from './opened-forecast.tsx';
import { settingsAfter, type SettingsDraft, usable } from './settings-draft.ts';
import { SettingsForm } from './settings-form.tsx';

const BUSY_POLL_MS = 1000;
const QUIET_POLL_MS = 15_000;

export interface ForecastWorkspaceProps {
  /** With the stored draft as its graph. */
  flow: Flow;
  catalog: NodeCatalog;
}

/** Forecasts of one flow: what they rest on at the side, the chosen one in the middle. */
export function ForecastWorkspace({ flow, catalog }: ForecastWorkspaceProps) {
  const params = { flowId: flow.id };
  const list = useReply(
    api.forecasts.listForecasts,
    { params, query: { limit: 30 } },
    {
      refetchInterval: ({ state }) =>
        state.data?.items.some(({ status }) => status === 'running') ? BUSY_POLL_MS : QUIET_POLL_MS,
    },
  );
  if (list.error && !list.data) return <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />;
  if (!list.data) return <Loading />;
  return <Workspace {...{ flow, catalog }} forecasts={list.data.items} />;
}

function Workspace({ flow, catalog, forecasts }: ForecastWorkspaceProps & { forecasts: readonly ForecastSummary[] }) {
  const { t } = useTranslation('forecast');
  const words = useWordsOf(catalog);
  const mayMake = useHasRole('administrator', 'operator', 'developer', 'tester');
  const [chosen, setChosen] = useState<string>();
  const [isOpen, setOpen] = useState(forecasts.length === 0);
  const [otherId, setOtherId] = useState<string>();
  const [version, setVersion] = useState<number | null>(null);
  const [draft, setDraft] = useState<SettingsDraft>(() =>
    settingsAfter(forecasts[0], flow.graph.measurement?.currency),
  );
  const days = useDebounced(draft.days, 400);
  const params = { flowId: flow.id };
  const ofVersion = version === null ? {} : { version };
  const basis = useReply(
    api.forecasts.forecastBasis,
    { params, body: { ...ofVersion, days } },
    { enabled: mayMake && isOpen, placeholderData: (old) => old },
  );
  const starting = useChange(api.forecasts.startForecast, [api.forecasts.listForecasts]);
  const shown = forecasts.find(({ id }) => id === chosen) ?? forecasts[0];
  const titleOf = useDistinctTitles(flow.graph.nodes, words);
  const isBusy = forecasts.some(({ status }) => status === 'running');
  const start = () => {
    const nodes = new Set(flow.graph.nodes.map(({ id }) => id));
    const settings = usable(draft, basis.data, nodes);
    starting.mutate(
      { params, body: { ...ofVersion, settings } },
      {
        onSuccess: ({ id }) => {
          setChosen(id);
          setOpen(false);
        },
      },
    );
  };

  return (
    <div className={styles.surface}>
      <main className={styles.main}>
        {shown ? (
          <>
            <ForecastHead
              {...{ forecasts, shown, otherId }}
              onChoose={setChosen}
              onCompare={setOtherId}
              onGone={() => setChosen(undefined)}
              {...(mayMake && !isOpen && { onNew: () => setOpen(true) })}
            />
            <OpenedForecast
              key={shown.id}
              flow={flow}
              forecastId={shown.id}
              otherId={otherId === shown.id ? undefined : otherId}
              catalog={catalog}
            />
          </>
        ) : (
          <EmptyState
            icon={<LineChartOutlined />}
            title={t('empty')}
            text={t(mayMake ? 'emptyText' : 'emptyReader')}
            action={
              mayMake && (
                <Button type="primary" loading={starting.isPending} onClick={start}>
                  {t('make')}
                </Button>
              )
            }
          />
        )}
      </main>
      {mayMake && isOpen && (
        <aside className={styles.panel} aria-label={t('setup')}>
          <header className={styles.panelHead}>
            <h2 className={styles.panelTitle}>{t('setup')}</h2>
            <span className={styles.space} />
            {shown && (
              <>
                <Button type="primary" disabled={isBusy} loading={starting.isPending} onClick={start}>
                  {t('make')}
                </Button>
                <Button
                  type="text"
                  icon={<CloseOutlined aria-hidden />}
                  aria-label={t('closeSetup')}
                  title={t('closeSetup')}
                  onClick={() => setOpen(false)}
                />
              </>
            )}
          </header>
          <div className={styles.body}>
            {(starting.error ?? basis.error) && <ErrorPanel error={starting.error ?? basis.error} />}
            {basis.isPending && !basis.error && <Loading />}
            <SettingsForm
              {...{ version, draft, titleOf }}
              liveVersion={flow.liveVersion}
              onVersion={setVersion}
              basis={basis.data}
              graph={flow.graph}
              onChange={setDraft}
            />
          </div>
        </aside>
      )}
    </div>
  );
}

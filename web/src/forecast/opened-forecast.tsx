import { api, type Flow, type Forecast } from '@sluice/shared/http-api';
import { Alert, Button, Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import type { NodeCatalog } from '../editor/catalog.ts';
import { useChange, useReply } from '../http/use-route.ts';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { ErrorPanel } from '../ui/error-panel.tsx';
import { useFormat } from '../ui/format/use-format.ts';
import { Loading } from '../ui/loading.tsx';
import styles from './forecast.module.css';
import { ResultView } from './result-view.tsx';

const POLL_MS = 700;

interface OpenedForecastProps {
  flow: Flow;
  forecastId: string;
  otherId: string | undefined;
  catalog: NodeCatalog;
}

/** One forecast: how far it is, why it failed, or what came of it. */
export function OpenedForecast({ flow, forecastId, otherId, catalog }: OpenedForecastProps) {
  const { t } = useTranslation('forecast');
  const language = useLanguage();
  const opened = useForecast(flow.id, forecastId);
  const other = useForecast(flow.id, otherId);
  if (opened.error && !opened.data) return <ErrorPanel error={opened.error} onRetry={() => void opened.refetch()} />;
  if (!opened.data) return <Loading />;
  const { data } = opened;
  if (data.status === 'running') return <Running forecast={data} />;
  if (data.status === 'cancelled') return <Alert type="info" showIcon title={t('cancelledText')} />;
  if (!data.result) return <Alert type="error" showIcon role="alert" title={data.problem?.[language] ?? ''} />;
  return <ResultView flow={flow} forecast={data} result={data.result} other={other.data} catalog={catalog} />;
}

function useForecast(flowId: string, forecastId: string | undefined) {
  const input = { params: { flowId, forecastId: forecastId ?? '' } };
  return useReply(api.forecasts.getForecast, input, {
    enabled: forecastId !== undefined,
    // What is over never changes.
    refetchInterval: ({ state }) => (state.data === undefined || state.data.status === 'running' ? POLL_MS : false),
  });
}

function Running({ forecast }: { forecast: Forecast }) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const mayStop = useHasRole('administrator', 'operator', 'developer', 'tester');
  const cancelling = useChange(api.forecasts.cancelForecast, [api.forecasts.getForecast, api.forecasts.listForecasts]);
  const { id: forecastId, flowId, phase, progress, profiles } = forecast;
  return (
    <div className={styles.running}>
      <p>{t(`state.${phase}`, { share: format.share(progress, 1) })}</p>
      <Progress percent={Math.floor(progress * 1000) / 10} status="active" />
      <p className={styles.hint} aria-live="off">
        {t('progress', { profiles: format.count(profiles) })}
      </p>
      {cancelling.error && <ErrorPanel error={cancelling.error} />}
      {mayStop && (
        <Button
          className={styles.start ?? ''}
          loading={cancelling.isPending}
          onClick={() => cancelling.mutate({ params: { flowId, forecastId } })}
        >
          {t('stop')}
        </Button>
      )}
    </div>
  );
}

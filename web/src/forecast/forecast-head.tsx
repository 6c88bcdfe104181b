import { DeleteOutlined } from '@ant-design/icons';
import { api, type ForecastSummary } from '@sluice/shared/http-api';
import { Button, Popconfirm, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHasRole } from '../access/session.ts';
import { useChange } from '../http/use-route.ts';
import { useFormat } from '../ui/format/use-format.ts';
import { StatusTag, type StatusTone } from '../ui/status-tag.tsx';
import styles from './forecast.module.css';

interface ForecastHeadProps {
  forecasts: readonly ForecastSummary[];
  shown: ForecastSummary;
  otherId: string | undefined;
  onChoose: (id: string) => void;
  onCompare: (id: string | undefined) => void;
  onGone: () => void;
  /** Absent where nobody may make one, or is about to. */
  onNew?: () => void;
}

const TONES: Record<ForecastSummary['status'], StatusTone> = {
  running: 'active',
  done: 'good',
  failed: 'bad',
  cancelled: 'quiet',
};

/** Which forecast is shown, how it stands, and which other it is held against. */
export function ForecastHead({ forecasts, shown, otherId, onChoose, onCompare, onGone, onNew }: ForecastHeadProps) {
  const { t } = useTranslation('forecast');
  const format = useFormat();
  const mayDelete = useHasRole('administrator', 'operator', 'developer', 'tester');
  const removing = useChange(api.forecasts.deleteForecast, [api.forecasts.listForecasts]);
  const nameOf = ({ startedAt, version, settings }: ForecastSummary) =>
    t('earlierOption', {
      time: format.second(startedAt),
      what: version === null ? t('draft') : t('version', { version }),
      days: settings.days,
    });
  const others = forecasts.filter(({ id, status }) => id !== shown.id && status === 'done');
  return (
    <header className={styles.head}>
      <Select<string>
        className={styles.choice ?? ''}
        aria-label={t('earlier')}
        value={shown.id}
        options={forecasts.map((one) => ({ value: one.id, label: nameOf(one) }))}
        onChange={onChoose}
      />
      <StatusTag
        tone={TONES[shown.status]}
        text={
          shown.status === 'running'
            ? t(`state.${shown.phase}`, { share: format.share(shown.progress, 1) })
            : t(`state.${shown.status}`)
        }
      />
      <span className={styles.space} />
      {others.length > 0 && (
        <Select<string>
          className={styles.choice ?? ''}
          aria-label={t('compare')}
          placeholder={t('compareNone')}
          allowClear
          value={others.some(({ id }) => id === otherId) ? (otherId ?? null) : null}
          options={others.map((one) => ({ value: one.id, label: nameOf(one) }))}
          onChange={(id: string | undefined) => onCompare(id ?? undefined)}
        />
      )}
      {mayDelete && shown.status !== 'running' && (
        <Popconfirm
          title={t('deleteQuestion')}
          description={t('deleteText')}
          okText={t('delete')}
          okButtonProps={{ danger: true }}
          onConfirm={() =>
            removing.mutate({ params: { flowId: shown.flowId, forecastId: shown.id } }, { onSuccess: onGone })
          }
        >
          <Button
            type="text"
            loading={removing.isPending}
            icon={<DeleteOutlined aria-hidden />}
            aria-label={t('delete')}
            title={t('delete')}
          />
        </Popconfirm>
      )}
      {onNew && (
        <Button type="primary" onClick={onNew}>
          {t('another')}
        </Button>
      )}
    </header>
  );
}

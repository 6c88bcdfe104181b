import type { Graph } from '@sluice/shared/graph';
import type { ForecastBasis } from '@sluice/shared/http-api';
import { MOST_FORECAST_DAYS } from '@sluice/shared/http-api';
import { Collapse, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { StartField } from '../sandbox/start-field.tsx';
import { AnswersFields } from './answers-fields.tsx';
import { ArrivalsFields } from './arrivals-fields.tsx';
import { CostsFields } from './costs-fields.tsx';
import styles from './forecast.module.css';
import { RatesFields } from './rates-fields.tsx';
import type { SettingsDraft } from './settings-draft.ts';

interface SettingsFormProps {
  /** Null is the draft. */
  version: number | null;
  liveVersion: number | null;
  onVersion: (version: number | null) => void;
  draft: SettingsDraft;
  basis: ForecastBasis | undefined;
  graph: Graph;
  titleOf: (node: string) => string;
  onChange: (draft: SettingsDraft) => void;
}

/** All that a forecast rests on besides the people. */
export function SettingsForm(props: SettingsFormProps) {
  const { version, liveVersion, onVersion, draft, basis, graph, titleOf, onChange } = props;
  const { t } = useTranslation('forecast');
  const sections = [
    ...(basis && basis.arrivals.length > 0
      ? [
          {
            key: 'arrivals',
            label: t('arrivals.title'),
            children: <ArrivalsFields {...{ basis, draft, titleOf, onChange }} />,
          },
        ]
      : []),
    ...(basis
      ? [{ key: 'rates', label: t('rates.title'), children: <RatesFields {...{ basis, draft, titleOf, onChange }} /> }]
      : []),
    ...(basis && basis.callNodes.length > 0
      ? [
          {
            key: 'answers',
            label: t('answers.title'),
            children: <AnswersFields nodes={basis.callNodes} {...{ draft, titleOf, onChange }} />,
          },
        ]
      : []),
    {
      key: 'costs',
      label: t('costs.title'),
      children: <CostsFields nodes={graph.nodes.map(({ id }) => id)} {...{ basis, draft, titleOf, onChange }} />,
    },
    {
      key: 'advanced',
      label: t('advanced'),
      children: (
        <label className={styles.labelled}>
          <span>{t('seed')}</span>
          <InputNumber<number>
            className={styles.money ?? ''}
            min={0}
            max={2 ** 31 - 1}
            precision={0}
            value={draft.seed}
            onChange={(seed) => onChange({ ...draft, seed: seed ?? 1 })}
          />
          <span className={styles.hint}>{t('seedHelp')}</span>
        </label>
      ),
    },
  ];
  return (
    <>
      {liveVersion !== null && (
        <label className={styles.labelled}>
          <span>{t('graph')}</span>
          <Select<number | 'draft'>
            className={styles.wide ?? ''}
            value={version ?? 'draft'}
            options={[
              { value: 'draft', label: t('draft') },
              { value: liveVersion, label: t('version', { version: liveVersion }) },
            ]}
            onChange={(next) => onVersion(next === 'draft' ? null : next)}
          />
        </label>
      )}
      <div className={styles.labelled}>
        <span>{t('days')}</span>
        <InputNumber<number>
          className={styles.money ?? ''}
          aria-label={t('days')}
          min={1}
          max={MOST_FORECAST_DAYS}
          precision={0}
          value={draft.days}
          onChange={(days) => onChange({ ...draft, days: days ?? 30 })}
        />
      </div>
      <StartChoice {...{ draft, onChange }} />
      <Collapse
        ghost
        className={styles.sections ?? ''}
        defaultActiveKey={['arrivals', 'rates', 'answers', 'costs']}
        items={sections.map(({ children, ...section }) => ({
          ...section,
          children: <div className={styles.sectionBody}>{children}</div>,
        }))}
      />
    </>
  );
}

function StartChoice({ draft, onChange }: Pick<SettingsFormProps, 'draft' | 'onChange'>) {
  const { t } = useTranslation('forecast');
  const { startAt, ...others } = draft;
  return (
    <>
      <div className={styles.labelled}>
        <span>{t('startAt')}</span>
        <Select<'now' | 'later'>
          className={styles.wide ?? ''}
          aria-label={t('startAt')}
          value={startAt === undefined ? 'now' : 'later'}
          options={[
            { value: 'now', label: t('now') },
            { value: 'later', label: t('later') },
          ]}
          onChange={(when) =>
            onChange(when === 'now' ? others : { ...draft, startAt: new Date(nextHour()).toISOString() })
          }
        />
      </div>
      {startAt !== undefined && (
        <StartField value={startAt} onChange={(next) => onChange({ ...draft, startAt: next })} />
      )}
    </>
  );
}

const HOUR_MS = 3_600_000;

function nextHour(): number {
  return Math.ceil(Date.now() / HOUR_MS) * HOUR_MS;
}

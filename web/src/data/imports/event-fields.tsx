import type { EventSource, ImportMapping, ImportPreview } from '@sluice/shared/http-api';
import { Input, Radio, Select } from 'antd';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/section.tsx';
import styles from './identity-field.module.css';
import { timeFormatOf } from './target-draft.ts';

const PeriodField = lazy(async () => ({ default: (await import('./period-field.tsx')).PeriodField }));

const FORMATS = ['date', 'unix-seconds', 'unix-milliseconds'] as const;

interface EventFieldsProps {
  mapping: ImportMapping;
  preview: ImportPreview;
  onChange: (mapping: ImportMapping) => void;
}

/** What happened and when: the name and the time of the event that each row is. */
export function EventFields({ mapping, preview, onChange }: EventFieldsProps) {
  const { t } = useTranslation('data');
  const { event } = mapping;
  if (!event) return null;
  const { name, at, period = {} } = event;
  const change = (part: Partial<EventSource>) => onChange({ ...mapping, event: { ...event, ...part } });
  const columns = preview.columns.map((column) => ({ value: column.name, label: column.name }));
  const columnOf = (wanted: string) => preview.columns.find((column) => column.name === wanted);
  return (
    <>
      <Section title={t('event.what')}>
        <Radio.Group
          aria-label={t('event.what')}
          value={name.kind}
          onChange={({ target }) =>
            change({
              name:
                target.value === 'fixed'
                  ? { kind: 'fixed', name: '' }
                  : { kind: 'column', column: preview.columns[0]?.name ?? '' },
            })
          }
          options={[
            { value: 'column', label: t('event.fromColumn') },
            { value: 'fixed', label: t('event.fixed') },
          ]}
        />
        <label className={styles.field}>
          <span>{t(name.kind === 'fixed' ? 'event.name' : 'mapping.column')}</span>
          {name.kind === 'fixed' ? (
            <Input
              className={styles.input}
              maxLength={128}
              placeholder={t('event.namePlaceholder')}
              value={name.name}
              onChange={({ target }) => change({ name: { kind: 'fixed', name: target.value } })}
            />
          ) : (
            <Select
              showSearch
              className={styles.input}
              value={name.column}
              options={columns}
              onChange={(column) => change({ name: { kind: 'column', column } })}
            />
          )}
        </label>
      </Section>
      <Section title={t('event.when')} hint={t('event.whenHelp')}>
        <div className={styles.field}>
          <Select
            showSearch
            className={styles.input}
            aria-label={t('event.timeColumn')}
            placeholder={t('event.timeColumn')}
            value={at.column || null}
            options={columns}
            onChange={(column: string | null) =>
              column && change({ at: { column, format: timeFormatOf(columnOf(column)) } })
            }
          />
          <Select
            className={styles.input}
            aria-label={t('event.format')}
            value={at.format}
            options={FORMATS.map((format) => ({ value: format, label: t(`event.formats.${format}`) }))}
            onChange={(format) => change({ at: { ...at, format } })}
          />
        </div>
        <Suspense fallback={null}>
          {' '}
          <PeriodField
            from={period.from}
            to={period.to}
            onChange={(next) => {
              const { period: _period, ...rest } = event;
              onChange({ ...mapping, event: next ? { ...rest, period: next } : rest });
            }}
          />
        </Suspense>
      </Section>
    </>
  );
}

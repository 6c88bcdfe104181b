import type { Measurement } from '@sluice/shared/graph';
import { DAY_MS } from '@sluice/shared/time';
import { AutoComplete, Drawer, InputNumber, Select, Switch } from 'antd';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useEditor, useEditorState } from '../editing/editor-context.tsx';
import { useDictionary } from '../inspector/use-dictionary.ts';
import { CURRENCIES } from '../ui/format/currencies.ts';
import { useFormat } from '../ui/format/use-format.ts';
import styles from './measurement-drawer.module.css';

const DEFAULT: Measurement = { windowMs: 14 * DAY_MS };
const LONGEST_DAYS = 366;

/** What counts as success of this flow; part of the draft and published with it. */
export function MeasurementDrawer({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const measurement = useEditorState(({ document }) => document.measurement);
  const isReadOnly = useEditorState(({ session }) => session.isReadOnly);
  return (
    <Drawer
      open={isOpen}
      size={400}
      title={t('measurement.title')}
      onClose={() => {
        editor.run('end-gesture');
        onClose();
      }}
    >
      <MeasurementSettings measurement={measurement} isReadOnly={isReadOnly} />
    </Drawer>
  );
}

interface MeasurementProps {
  measurement: Measurement | undefined;
  isReadOnly: boolean;
}

/** What counts, and whether anything is counted at all. */
export function MeasurementSettings({ measurement, isReadOnly }: MeasurementProps) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  return (
    <div className={styles.form}>
      <p className={styles.hint}>{t('measurement.hint')}</p>
      <label className={styles.switch}>
        <Switch
          checked={measurement !== undefined}
          disabled={isReadOnly}
          onChange={(isOn) => editor.run('set-measurement', { measurement: isOn ? DEFAULT : undefined, field: 'all' })}
        />
        {t('measurement.on')}
      </label>
      {measurement && <MeasurementFields measurement={measurement} isReadOnly={isReadOnly} />}
    </div>
  );
}

function MeasurementFields({ measurement, isReadOnly }: { measurement: Measurement; isReadOnly: boolean }) {
  const { t } = useTranslation('plans');
  const editor = useEditor();
  const { events } = useDictionary();
  const converting = events.find(({ name }) => name === measurement.conversionEvent);
  const numeric = Object.entries(converting?.properties ?? {}).filter(([, type]) => type === 'number');

  function set<Field extends keyof Measurement>(field: Field, value: Measurement[Field] | '' | null): void {
    const { [field]: _old, ...rest } = measurement;
    const next = value === '' || value === null || value === undefined ? rest : { ...measurement, [field]: value };
    editor.run('set-measurement', { measurement: next as Measurement, field });
  }

  return (
    <>
      <Labelled label={t('measurement.conversion')} help={t('measurement.conversionHelp')}>
        {(id) => (
          <EventField
            id={id}
            value={measurement.conversionEvent}
            isDisabled={isReadOnly}
            onChange={(event) => set('conversionEvent', event)}
          />
        )}
      </Labelled>
      <Labelled label={t('measurement.value')} help={t('measurement.valueHelp')}>
        {(id) => (
          <AutoComplete
            id={id}
            allowClear
            disabled={isReadOnly}
            placeholder={t('measurement.none')}
            value={measurement.valueProperty ?? ''}
            options={numeric.map(([name]) => ({ value: name }))}
            onChange={(property) => set('valueProperty', property)}
          />
        )}
      </Labelled>
      <Labelled label={t('measurement.currency')}>
        {(id) => (
          <Select<string>
            id={id}
            allowClear
            showSearch
            disabled={isReadOnly}
            placeholder={t('measurement.none')}
            value={measurement.currency ?? null}
            options={CURRENCIES.map((currency) => ({ value: currency, label: currency }))}
            onChange={(currency) => set('currency', currency ?? null)}
          />
        )}
      </Labelled>
      <Labelled label={t('measurement.click')} help={t('measurement.clickHelp')}>
        {(id) => (
          <EventField
            id={id}
            value={measurement.clickEvent}
            isDisabled={isReadOnly}
            onChange={(event) => set('clickEvent', event)}
          />
        )}
      </Labelled>
      <Labelled label={t('measurement.window')}>
        {(id) => (
          <InputNumber<number>
            id={id}
            min={1}
            max={LONGEST_DAYS}
            precision={0}
            disabled={isReadOnly}
            suffix={t('measurement.windowUnit')}
            value={Math.round(measurement.windowMs / DAY_MS)}
            onChange={(days) => days !== null && set('windowMs', days * DAY_MS)}
          />
        )}
      </Labelled>
    </>
  );
}

interface EventFieldProps {
  id: string;
  value: string | undefined;
  isDisabled: boolean;
  onChange: (event: string) => void;
}

/** An event that has arrived, with its volume, or the name of one that is yet to come. */
function EventField({ id, value, isDisabled, onChange }: EventFieldProps) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { events } = useDictionary();
  return (
    <AutoComplete
      id={id}
      allowClear
      disabled={isDisabled}
      placeholder={t('measurement.none')}
      value={value ?? ''}
      options={events.map(({ name, count }) => ({
        value: name,
        label: (
          <span className={styles.option}>
            <span>{name}</span>
            <span className={styles.hint}>{t('measurement.seen', { seen: format.count(count) })}</span>
          </span>
        ),
      }))}
      onChange={onChange}
    />
  );
}

function Labelled({ label, help, children }: { label: string; help?: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id}>{label}</label>
      {children(id)}
      {help && <p className={styles.hint}>{help}</p>}
    </div>
  );
}

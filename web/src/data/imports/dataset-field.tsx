import type { Dataset, ImportMapping, ImportPreview } from '@sluice/shared/http-api';
import { Select } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useDatasets } from '../../audiences/use-datasets.ts';
import { Section } from '../../ui/section.tsx';
import { fitColumns } from './dataset-mapping.ts';
import styles from './identity-field.module.css';
import { useWish } from './use-wish.ts';

interface DatasetFieldProps {
  mapping: ImportMapping;
  preview: ImportPreview;
  onChange: (mapping: ImportMapping) => void;
}

/** The dataset that the rows go to; its columns are found in the file by their names. */
export function DatasetField({ mapping, preview, onChange }: DatasetFieldProps) {
  const { t } = useTranslation(['data', 'datasets']);
  const datasets = useDatasets();
  const chosen = datasets.get(mapping.dataset ?? '');
  const wished = datasets.get(useWish().dataset);
  // The page that led here names a dataset before it is known which columns that has.
  useEffect(() => {
    if (wished && mapping.dataset === '') onChange(fitColumns(mapping, preview, wished));
  }, [wished, mapping, preview, onChange]);
  const keyOf = ({ columns, keyColumns }: Dataset) =>
    keyColumns.map((key) => columns.find(({ name }) => name === key)?.displayName || key).join(', ');
  return (
    <Section title={t('target.choose')} hint={chosen && t('target.key', { columns: keyOf(chosen) })}>
      {datasets.size === 0 ? (
        <p>{t('target.noDataset')}</p>
      ) : (
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          className={styles.input}
          aria-label={t('target.choose')}
          value={chosen?.name ?? null}
          placeholder={t('target.choose')}
          options={[...datasets.values()].map(({ name, displayName }) => ({ value: name, label: displayName }))}
          onChange={(name) => {
            const next = datasets.get(name ?? '');
            if (next) onChange(fitColumns(mapping, preview, next));
          }}
        />
      )}
    </Section>
  );
}

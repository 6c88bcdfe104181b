import { PlusOutlined } from '@ant-design/icons';
import type { Lookup } from '@sluice/shared/model';
import { Button, Input, InputNumber, Select } from 'antd';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { EditorContext } from '../../audiences/editor-context.ts';
import { PropertyFilters } from '../../audiences/property-filters.tsx';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import { RemoveButton } from '../../ui/remove-button.tsx';
import { type DatasetDraft, newLookup } from './dataset-draft.ts';
import styles from './datasets.module.css';

const MOST = 50;

interface LookupsEditorProps {
  draft: DatasetDraft;
  onChange: (draft: DatasetDraft) => void;
}

/** The rows that messages may name. */
export function LookupsEditor({ draft, onChange }: LookupsEditorProps) {
  const { t } = useTranslation('datasets');
  const names = useDictionary();
  const facts = useMemo(() => ({ names, problems: [], isDisabled: false, isInRun: false, ownId: undefined }), [names]);
  const set = (index: number, lookup: Lookup) =>
    onChange({ ...draft, lookups: draft.lookups.map((old, at) => (at === index ? lookup : old)) });
  return (
    <EditorContext value={facts}>
      <div className={styles.stack}>
        {draft.lookups.map((lookup, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- a look-up may have no name yet
          <section key={index} className={styles.lookup} aria-label={t('lookups.one', { name: lookup.name })}>
            <LookupFields draft={draft} lookup={lookup} onChange={(next) => set(index, next)} />
            <RemoveButton
              label={t('lookups.remove', { name: lookup.name })}
              onClick={() => onChange({ ...draft, lookups: draft.lookups.filter((_, at) => at !== index) })}
            />
          </section>
        ))}
        <div>
          <Button
            icon={<PlusOutlined aria-hidden />}
            onClick={() => onChange({ ...draft, lookups: [...draft.lookups, newLookup(draft)] })}
          >
            {t('lookups.add')}
          </Button>
        </div>
      </div>
    </EditorContext>
  );
}

function LookupFields({
  draft,
  lookup,
  onChange,
}: {
  draft: DatasetDraft;
  lookup: Lookup;
  onChange: (lookup: Lookup) => void;
}) {
  const { t } = useTranslation('datasets');
  const options = draft.columns.map(({ name, displayName }) => ({ value: name, label: displayName || name }));
  const types = Object.fromEntries(draft.columns.map(({ name, type }) => [name, type]));
  const labels = Object.fromEntries(options.map(({ value, label }) => [value, label]));
  const sort = (sortBy: string | undefined) => {
    const { sortBy: _, isDescending, ...rest } = lookup;
    onChange(sortBy === undefined ? rest : { ...rest, sortBy, ...(isDescending && { isDescending }) });
  };
  return (
    <div className={styles.lookupFields}>
      <label className={styles.field}>
        <span>{t('lookups.name')}</span>
        <Input
          value={lookup.name}
          maxLength={40}
          placeholder="up_for_renewal"
          onChange={({ target }) => onChange({ ...lookup, name: target.value })}
        />
      </label>
      <div className={styles.field}>
        <span>{t('lookups.columns')}</span>
        <Select
          mode="multiple"
          maxTagCount="responsive"
          aria-label={t('lookups.columns')}
          value={lookup.columns}
          options={options}
          onChange={(columns) => onChange({ ...lookup, columns })}
        />
      </div>
      <div className={styles.field}>
        <span>{t('lookups.sort')}</span>
        <Select
          allowClear
          aria-label={t('lookups.sort')}
          value={lookup.sortBy ?? null}
          placeholder={t('lookups.unsorted')}
          options={options}
          onChange={(column) => sort(column ?? undefined)}
        />
      </div>
      <label className={styles.field}>
        <span>{t('lookups.limit')}</span>
        <InputNumber
          min={1}
          max={MOST}
          precision={0}
          value={lookup.limit}
          onChange={(limit) => onChange({ ...lookup, limit: limit ?? 1 })}
        />
      </label>
      <div className={styles.filters}>
        <PropertyFilters
          filters={lookup.where}
          properties={types}
          labels={labels}
          what="rows"
          onChange={(where) => onChange({ ...lookup, where })}
        />
      </div>
    </div>
  );
}

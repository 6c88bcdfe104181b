import { PlusOutlined } from '@ant-design/icons';
import type { Condition } from '@sluice/shared/condition';

import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './add-part.module.css';
import { createAttributeLeaf, createAudienceLeaf, createDatasetLeaf, createEventLeaf } from './condition-group.ts';
import { useEditorFacts } from './editor-context.ts';

/** Picks what the next part asks about. A name that nobody has seen yet can be typed: its first value may come later. */
export function AddPart({ onAdd }: { onAdd: (part: Condition) => void }) {
  const { t } = useTranslation('audiences');
  const { names, ownId } = useEditorFacts();
  const [search, setSearch] = useState('');
  const typed = search.trim();
  const attributes = [...names.attributes.values()]
    .filter(({ rights }) => rights.mayUse)
    .map(({ name, displayName }) => ({ value: `attribute ${name}`, label: displayName || name }));
  const datasets = [...names.datasets.values()].map(({ name, displayName }) => ({
    value: `dataset ${name}`,
    label: displayName,
  }));
  const events = [...names.events.keys()].map((name) => ({ value: `event ${name}`, label: name }));
  const audiences = [...names.audiences]
    .filter(([id]) => id !== ownId)
    .map(([id, label]) => ({ value: `audience ${id}`, label }));
  const unseen = [
    ...(names.attributes.has(typed)
      ? []
      : [{ value: `attribute ${typed}`, label: t('newAttribute', { name: typed }) }]),
    ...(names.events.has(typed) ? [] : [{ value: `event ${typed}`, label: t('newEvent', { name: typed }) }]),
  ];
  const add = (choice: string) => {
    const at = choice.indexOf(' ');
    const name = choice.slice(at + 1);
    if (choice.startsWith('event ')) onAdd(createEventLeaf(name));
    else if (choice.startsWith('dataset ')) onAdd(createDatasetLeaf(name));
    else if (choice.startsWith('audience ')) onAdd(createAudienceLeaf(name));
    else onAdd(createAttributeLeaf(name, names.attributes.get(name)?.type ?? 'string'));
    setSearch('');
  };
  return (
    <Select
      className={styles.add ?? ''}
      variant="borderless"
      prefix={<PlusOutlined aria-hidden />}
      suffixIcon={null}
      showSearch={{
        searchValue: search,
        onSearch: setSearch,
        filterOption: (text, option) =>
          String(option?.label ?? '')
            .toLowerCase()
            .includes(text.trim().toLowerCase()),
      }}
      value={null}
      placeholder={t('addPart')}
      aria-label={t('addPart')}
      popupMatchSelectWidth={280}
      options={[
        ...(attributes.length > 0 ? [{ label: t('attributes'), options: attributes }] : []),
        { label: t('events'), options: events },
        ...(datasets.length > 0 ? [{ label: t('datasets'), options: datasets }] : []),
        ...(audiences.length > 0 ? [{ label: t('audiences'), options: audiences }] : []),
        ...(typed ? [{ label: t('unseen'), options: unseen }] : []),
      ]}
      onSelect={(choice: string | null) => choice && add(choice)}
    />
  );
}

import type { Attributes } from '@sluice/shared/model';
import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../audiences/use-dictionary.ts';
import styles from './sandbox.module.css';
import { ValuesEditor } from './values-editor.tsx';

interface EventValue {
  name: string;
  properties: Attributes;
}

/** An event by its name, and what it says. */
export function EventFields({ value, onChange }: { value: EventValue; onChange: (event: EventValue) => void }) {
  const { t } = useTranslation('sandbox');
  const { events } = useDictionary();
  const known = events.get(value.name)?.properties ?? {};
  return (
    <>
      <AutoComplete
        className={styles.wide ?? ''}
        aria-label={t('event.name')}
        placeholder={t('event.name')}
        value={value.name}
        options={[...events.keys()].map((name) => ({ value: name }))}
        showSearch={{
          filterOption: (typed, option) => String(option?.value).toLowerCase().includes(typed.toLowerCase()),
        }}
        onChange={(name) => onChange({ ...value, name })}
      />
      <ValuesEditor
        values={value.properties}
        names={new Map(Object.entries(known))}
        addLabel={t('event.addProperty')}
        onChange={(properties) => onChange({ ...value, properties })}
      />
    </>
  );
}

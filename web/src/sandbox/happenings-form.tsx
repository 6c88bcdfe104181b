import { PlusOutlined } from '@ant-design/icons';
import type { Happening } from '@sluice/shared/http-api';
import { Button, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAudiences } from '../audiences/use-audience-names.ts';
import { useDictionary } from '../audiences/use-dictionary.ts';
import { RemovableRow } from '../ui/removable-row.tsx';
import { EventFields } from './event-fields.tsx';
import styles from './sandbox.module.css';
import { blankHappening } from './scenario-draft.ts';
import { SpanField } from './span-field.tsx';
import { ValuesEditor } from './values-editor.tsx';

const KINDS = ['event', 'attributes', 'membership'] as const;
const BLANK: Record<Happening['kind'], (afterMs: number) => Happening> = {
  event: blankHappening,
  attributes: (afterMs) => ({ kind: 'attributes', afterMs, set: {} }),
  membership: (afterMs) => ({ kind: 'membership', afterMs, audience: '', change: 'add' }),
};

interface HappeningsFormProps {
  value: readonly Happening[];
  onChange: (happenings: Happening[]) => void;
}

/** What happens to the subject on its way: clicks, orders, changes of its attributes. */
export function HappeningsForm({ value, onChange }: HappeningsFormProps) {
  const { t } = useTranslation('sandbox');
  const set = (index: number, next: Happening) => onChange(value.map((old, place) => (place === index ? next : old)));
  return (
    <div className={styles.rows}>
      {value.map((happening, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- happenings have no identity but their place
        <div key={index} className={styles.item} role="group" aria-label={t('happens.one', { number: index + 1 })}>
          <RemovableRow
            removeLabel={t('happens.remove', { number: index + 1 })}
            onRemove={() => onChange(value.filter((_one, place) => place !== index))}
          >
            <span className={styles.word}>{t('happens.after')}</span>
            <SpanField
              label={t('happens.afterLabel')}
              value={happening.afterMs}
              onChange={(afterMs) => set(index, { ...happening, afterMs })}
            />
            <Select<Happening['kind']>
              className={styles.grow ?? ''}
              aria-label={t('happens.kind')}
              value={happening.kind}
              options={KINDS.map((kind) => ({ value: kind, label: t(`happens.kinds.${kind}`) }))}
              onChange={(kind) => set(index, BLANK[kind](happening.afterMs))}
            />
          </RemovableRow>
          <Details value={happening} onChange={(next) => set(index, next)} />
        </div>
      ))}
      <div>
        <Button
          type="link"
          size="small"
          icon={<PlusOutlined aria-hidden />}
          onClick={() => onChange([...value, blankHappening()])}
        >
          {t('happens.add')}
        </Button>
      </div>
    </div>
  );
}

function Details({ value, onChange }: { value: Happening; onChange: (happening: Happening) => void }) {
  const { t } = useTranslation('sandbox');
  const dictionary = useDictionary();
  const audiences = useAudiences() ?? [];
  if (value.kind === 'event')
    return <EventFields value={value} onChange={(event) => onChange({ ...value, ...event })} />;
  if (value.kind === 'attributes')
    return (
      <ValuesEditor
        values={value.set}
        names={new Map([...dictionary.attributes].map(([name, { type }]) => [name, type]))}
        addLabel={t('who.addAttribute')}
        onChange={(set) => onChange({ ...value, set })}
      />
    );
  return (
    <div className={styles.row}>
      <Select<'add' | 'remove'>
        className={styles.unit ?? ''}
        aria-label={t('happens.change')}
        value={value.change}
        options={[
          { value: 'add', label: t('happens.enters') },
          { value: 'remove', label: t('happens.leaves') },
        ]}
        onChange={(change) => onChange({ ...value, change })}
      />
      <Select<string>
        className={styles.grow ?? ''}
        aria-label={t('happens.audience')}
        placeholder={t('happens.audience')}
        value={value.audience === '' ? null : value.audience}
        options={audiences.map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(audience) => onChange({ ...value, audience })}
      />
    </div>
  );
}

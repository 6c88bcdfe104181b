import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useAudiences } from '../../audiences/use-audience-names.ts';
import { useFormat } from '../../ui/format/use-format.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** A saved audience, by its name, with its size. One that is gone shows its id until another is chosen. */
export function AudienceWidget({ id, value, texts, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation(['audiences', 'inspector']);
  const format = useFormat();
  const audiences = useAudiences() ?? [];
  const chosen = typeof value === 'string' && value !== '' ? value : null;
  const isKnown = audiences.some((audience) => audience.id === chosen);
  const options = audiences.map(({ id: audience, name, kind, size }) => ({
    value: audience,
    text: name,
    label: (
      <span className={styles.foot}>
        <span>{name}</span>
        <span className={styles.sum}>{`${t(`audienceKinds.${kind}`)} · ${format.count(size)}`}</span>
      </span>
    ),
  }));
  return (
    <Select
      id={id}
      className={styles.wide ?? ''}
      showSearch={{ optionFilterProp: 'text' }}
      optionLabelProp="text"
      value={chosen}
      placeholder={texts.placeholder ?? t('inspector:audience.placeholder')}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      options={
        isKnown || chosen === null
          ? options
          : [{ value: chosen, text: chosen, label: <span>{chosen}</span> }, ...options]
      }
      onChange={(next: string | null) => onChange(next ?? '')}
    />
  );
}

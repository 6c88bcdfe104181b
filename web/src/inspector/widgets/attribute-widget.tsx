import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../use-dictionary.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** An attribute of the dictionary, or the name of one that is yet to come. */
export function AttributeWidget({ id, value, texts, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const { t } = useTranslation(['inspector', 'data']);
  const { attributes } = useDictionary();
  const text = typeof value === 'string' ? value : '';
  return (
    <AutoComplete
      id={id}
      className={styles.wide ?? ''}
      value={text}
      disabled={isDisabled}
      placeholder={texts.placeholder ?? t('inspector:attribute.placeholder')}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      options={attributes.map(({ name, displayName, type }) => ({
        value: name,
        label: (
          <span className={styles.foot}>
            <span>{displayName ?? name}</span>
            <span className={styles.sum}>{t(`data:types.${type}`)}</span>
          </span>
        ),
      }))}
      showSearch={{
        filterOption: (typed, option) =>
          // With the chosen value still in the field, the whole list is what one wants to see.
          typed === text || (option?.value ?? '').toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
      }}
      onChange={onChange}
    />
  );
}

import { AutoComplete } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../../audiences/use-dictionary.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type EventNameProps = Pick<WidgetProps, 'id' | 'value' | 'isDisabled' | 'isInvalid' | 'describedBy' | 'onChange'>;

/** An event of the dictionary, or the name of one that is yet to come. */
export function EventNameWidget({ id, value, isDisabled, isInvalid, describedBy, onChange }: EventNameProps) {
  const { t } = useTranslation('inspector');
  const { events } = useDictionary();
  const text = typeof value === 'string' ? value : '';
  return (
    <AutoComplete
      id={id}
      className={styles.wide ?? ''}
      value={text}
      disabled={isDisabled}
      placeholder={t('event.placeholder')}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      options={[...events.keys()].map((name) => ({ value: name }))}
      showSearch={{
        filterOption: (typed, option) =>
          // With the chosen value still in the field, the whole list is what one wants to see.
          typed === text || (option?.value ?? '').toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
      }}
      onChange={onChange}
    />
  );
}

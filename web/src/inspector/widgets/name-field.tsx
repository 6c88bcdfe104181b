import { AutoComplete } from 'antd';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

export type NameProps = Pick<WidgetProps, 'id' | 'value' | 'isDisabled' | 'isInvalid' | 'describedBy' | 'onChange'>;

/** A name with what tells whether it is the right one. */
export interface KnownName {
  readonly name: string;
  readonly note: string;
}

/** A name that is known, or one that is yet to come. */
export function NameField({
  id,
  value,
  isDisabled,
  isInvalid,
  describedBy,
  names,
  placeholder,
  onChange,
}: NameProps & { names: readonly (string | KnownName)[]; placeholder: string }) {
  const text = typeof value === 'string' ? value : '';
  return (
    <AutoComplete
      id={id}
      className={styles.wide ?? ''}
      value={text}
      disabled={isDisabled}
      placeholder={placeholder}
      aria-describedby={describedBy}
      {...(isInvalid && { status: 'error' as const })}
      popupMatchSelectWidth={names.some((one) => typeof one !== 'string') ? 340 : true}
      options={names.map((one) => (typeof one === 'string' ? { value: one } : optionOf(one)))}
      showSearch={{
        filterOption: (typed, option) =>
          // With the chosen value still in the field, the whole list is what one wants to see.
          typed === text || (option?.value ?? '').toLocaleLowerCase().includes(typed.toLocaleLowerCase()),
      }}
      onChange={onChange}
    />
  );
}

function optionOf({ name, note }: KnownName) {
  return {
    value: name,
    label: (
      <span className={styles.known}>
        <span className={styles.knownName}>{name}</span>
        <span className={styles.knownNote}>{note}</span>
      </span>
    ),
  };
}

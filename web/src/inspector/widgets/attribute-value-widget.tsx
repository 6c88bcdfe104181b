import { Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type Form = 'string' | 'number' | 'boolean' | 'list';
const FORMS: readonly Form[] = ['string', 'number', 'boolean', 'list'];
const BLANK: Record<Form, unknown> = { string: '', number: 0, boolean: true, list: [] };

function formOf(value: unknown): Form {
  if (Array.isArray(value)) return 'list';
  return typeof value === 'number' || typeof value === 'boolean' ? (typeof value as Form) : 'string';
}

/** A value of any type of the dictionary, with its type beside it. */
export function AttributeValueWidget(props: WidgetProps) {
  const { t } = useTranslation('inspector');
  const form = formOf(props.value);
  return (
    <div className={styles.row}>
      <Select<Form>
        aria-label={t('valueType')}
        className={styles.narrow ?? ''}
        value={form}
        disabled={props.isDisabled}
        options={FORMS.map((one) => ({ value: one, label: t(`valueTypes.${one}`) }))}
        onChange={(next) => props.onChange(BLANK[next])}
      />
      <div className={styles.grow}>
        <ValueInput {...props} form={form} />
      </div>
    </div>
  );
}

function ValueInput({ id, form, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps & { form: Form }) {
  const { t } = useTranslation('inspector');
  const shared = {
    id,
    className: styles.wide ?? '',
    disabled: isDisabled,
    'aria-describedby': describedBy,
    ...(isInvalid && { status: 'error' as const }),
  };
  if (form === 'number')
    return (
      <InputNumber<number>
        {...shared}
        value={typeof value === 'number' ? value : null}
        onChange={(number) => onChange(number ?? undefined)}
      />
    );
  if (form === 'boolean')
    return (
      <Select<'yes' | 'no'>
        {...shared}
        value={value === true ? 'yes' : 'no'}
        options={[
          { value: 'yes', label: t('yes') },
          { value: 'no', label: t('no') },
        ]}
        onChange={(answer) => onChange(answer === 'yes')}
      />
    );
  if (form === 'list')
    return (
      <Select<string[]>
        {...shared}
        mode="tags"
        value={Array.isArray(value) ? value.map(String) : []}
        onChange={onChange}
      />
    );
  return (
    <Input
      {...shared}
      value={typeof value === 'string' ? value : ''}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

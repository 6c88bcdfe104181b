import { Input, InputNumber, Select, Switch } from 'antd';
import { choicesOf } from '../param-schema.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

const statusOf = (isInvalid: boolean) => (isInvalid ? ({ status: 'error' } as const) : {});
const isOptional = (text: string) => (text === '' ? undefined : text);

export function TextWidget({ id, schema, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Input
      id={id}
      value={typeof value === 'string' ? value : ''}
      disabled={isDisabled}
      placeholder={texts.placeholder ?? ''}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      {...(schema.maxLength !== undefined && { maxLength: schema.maxLength })}
      {...statusOf(isInvalid)}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export function MultilineWidget({ id, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Input.TextArea
      id={id}
      value={typeof value === 'string' ? value : ''}
      disabled={isDisabled}
      placeholder={texts.placeholder ?? ''}
      autoSize={{ minRows: 3, maxRows: 12 }}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      {...statusOf(isInvalid)}
      onChange={(event) => onChange(isOptional(event.target.value))}
    />
  );
}

export function NumberWidget({ id, schema, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <InputNumber<number>
      id={id}
      className={styles.wide ?? ''}
      value={typeof value === 'number' ? value : null}
      disabled={isDisabled}
      suffix={texts.unit}
      precision={schema.type === 'integer' ? 0 : undefined}
      aria-describedby={describedBy}
      aria-invalid={isInvalid}
      {...statusOf(isInvalid)}
      onChange={(number) => onChange(number ?? undefined)}
    />
  );
}

export function SwitchWidget({ id, value, isDisabled, describedBy, onChange }: WidgetProps) {
  return (
    <Switch id={id} checked={value === true} disabled={isDisabled} aria-describedby={describedBy} onChange={onChange} />
  );
}

export function SelectWidget({ id, schema, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Select<string | number | boolean>
      id={id}
      className={styles.wide ?? ''}
      // The list may be wider than the field: a choice that is cut off cannot be chosen.
      popupMatchSelectWidth={false}
      value={value as string | number | boolean}
      disabled={isDisabled}
      aria-describedby={describedBy}
      {...statusOf(isInvalid)}
      options={choicesOf(schema).map((choice) => ({
        value: choice as string,
        label: texts.options?.[String(choice)] ?? String(choice),
      }))}
      onChange={onChange}
    />
  );
}

export function TagsWidget({ id, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  return (
    <Select<string[]>
      id={id}
      mode="tags"
      className={styles.wide ?? ''}
      value={Array.isArray(value) ? value.map(String) : []}
      disabled={isDisabled}
      placeholder={texts.placeholder ?? ''}
      tokenSeparators={['\n', ';', '；']}
      aria-describedby={describedBy}
      {...statusOf(isInvalid)}
      onChange={onChange}
    />
  );
}

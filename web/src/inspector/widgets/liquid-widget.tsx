import { Input, type InputRef } from 'antd';
import { useRef } from 'react';
import { InsertAttribute } from '../insert-attribute.tsx';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** A line of text with Liquid places; a menu puts in the values of the person. */
export function LiquidWidget({ id, schema, texts, value, isDisabled, isInvalid, describedBy, onChange }: WidgetProps) {
  const input = useRef<InputRef>(null);
  const text = typeof value === 'string' ? value : '';

  function insert(liquid: string): void {
    const field = input.current?.input;
    const at = field?.selectionStart ?? text.length;
    const end = field?.selectionEnd ?? at;
    onChange(text.slice(0, at) + liquid + text.slice(end));
    input.current?.focus();
  }

  return (
    <div className={styles.row}>
      <Input
        ref={input}
        id={id}
        className={styles.grow ?? ''}
        value={text}
        disabled={isDisabled}
        placeholder={texts.placeholder ?? ''}
        aria-describedby={describedBy}
        aria-invalid={isInvalid}
        {...(schema.maxLength !== undefined && { maxLength: schema.maxLength })}
        {...(isInvalid && { status: 'error' as const })}
        onChange={(event) => onChange(event.target.value)}
      />
      {!isDisabled && <InsertAttribute onInsert={insert} />}
    </div>
  );
}

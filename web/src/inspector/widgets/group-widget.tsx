import { Switch } from 'antd';
import { FieldSet } from '../field-set.tsx';
import { blankOf } from '../param-schema.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

/** Params that belong together: a switch, and their fields while it is on. Off, none of them is kept. */
export function GroupWidget(props: WidgetProps) {
  const { id, pointer, schema, texts, value, params, isDisabled, describedBy, onChange } = props;
  const fields = value as Readonly<Record<string, unknown>> | undefined;

  function change(field: string, next: unknown): void {
    const { [field]: _old, ...rest } = fields ?? {};
    onChange(next === undefined ? rest : { ...fields, [field]: next });
  }

  return (
    <div className={styles.items}>
      <div>
        <Switch
          id={id}
          checked={fields !== undefined}
          disabled={isDisabled}
          aria-describedby={describedBy}
          onChange={(isOn) => onChange(isOn ? blankOf(schema) : undefined)}
        />
      </div>
      {fields && (
        <div className={styles.item}>
          <FieldSet
            schema={schema}
            texts={texts.fields ?? {}}
            values={fields}
            params={params}
            pointer={pointer}
            isDisabled={isDisabled}
            onChange={change}
          />
        </div>
      )}
    </div>
  );
}

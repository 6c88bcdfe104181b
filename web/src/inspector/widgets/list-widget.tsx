import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { FieldSet } from '../field-set.tsx';
import { blankOf } from '../param-schema.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type Item = Record<string, unknown>;

/** Several things of one form, one under the other. */
export function ListWidget({
  id,
  pointer,
  schema,
  texts,
  value,
  isDisabled,
  describedBy,
  params,
  onChange,
}: WidgetProps) {
  const { t } = useTranslation('inspector');
  const items = (Array.isArray(value) ? value : []) as Item[];
  const item = schema.items ?? {};
  const replace = (index: number, field: string, next: unknown) =>
    onChange(
      items.map((one, position) => {
        if (position !== index) return one;
        const { [field]: _old, ...rest } = one;
        return next === undefined ? rest : { ...one, [field]: next };
      }),
    );
  return (
    <div className={styles.items} id={id} role="group" aria-describedby={describedBy}>
      {items.map((one, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- items have no identity of their own
        <div key={index} className={styles.item}>
          <div className={styles.itemHead}>
            <span>{t('list.item', { label: texts.label, index: index + 1 })}</span>
            {!isDisabled && items.length > (schema.minItems ?? 0) && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('list.remove', { index: index + 1 })}
                onClick={() => onChange(items.filter((other) => other !== one))}
              />
            )}
          </div>
          <FieldSet
            isDense
            schema={item}
            texts={texts.fields ?? {}}
            values={one}
            params={params}
            pointer={`${pointer}/${index}`}
            isDisabled={isDisabled}
            onChange={(field, next) => replace(index, field, next)}
          />
        </div>
      ))}
      {!isDisabled && items.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
        <div>
          <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={() => onChange([...items, blankOf(item)])}>
            {t('list.add')}
          </Button>
        </div>
      )}
    </div>
  );
}

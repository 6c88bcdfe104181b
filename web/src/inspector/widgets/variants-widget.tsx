import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { FieldSet } from '../field-set.tsx';
import { blankOf } from '../param-schema.ts';
import { evenShares, freshKey, sumOf } from '../variant-shares.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type Variant = { key: string; name: string; weight?: number } & Record<string, unknown>;

/** The arms of an experiment; where they have weights, their sum stands below and can be shared evenly. */
export function VariantsWidget(props: WidgetProps) {
  const { pointer, schema, texts, value, isDisabled, params, onChange } = props;
  const { t } = useTranslation('inspector');
  const variants = (Array.isArray(value) ? value : []) as Variant[];
  const item = schema.items ?? {};
  const hasWeights = item.properties?.['weight'] !== undefined;
  // Branches, cases and events use the same rows, but only an experiment's are variants.
  const isExperiment = item.properties?.['isHoldOut'] !== undefined;
  const sum = sumOf(variants.map(({ weight }) => (typeof weight === 'number' ? weight : 0)));
  const replace = (index: number, variant: Variant) =>
    onChange(variants.map((one, position) => (position === index ? variant : one)));

  function add(): void {
    const key = freshKey(variants.map((variant) => variant.key));
    const name = t('variants.newName', { letter: key.toUpperCase() });
    const blank = blankOf(item) as Variant;
    const weight = hasWeights ? { weight: Math.max(0, 100 - sum) } : {};
    onChange([...variants, { ...blank, key, name, ...weight }]);
  }

  function shareEvenly(): void {
    const shares = evenShares(variants.length);
    onChange(variants.map((variant, index) => ({ ...variant, weight: shares[index] })));
  }

  return (
    <div className={styles.items} id={props.id} role="group" aria-describedby={props.describedBy}>
      {variants.map((variant, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a key is edited in place: it cannot tell the rows apart
        <div key={index} className={styles.item}>
          <div className={styles.itemHead}>
            <span>{variant.name}</span>
            {!isDisabled && variants.length > (schema.minItems ?? 0) && (
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={t('variants.remove', { name: variant.name })}
                onClick={() => onChange(variants.filter((one) => one !== variant))}
              />
            )}
          </div>
          <FieldSet
            isDense
            schema={item}
            texts={texts.fields ?? {}}
            values={variant}
            params={params}
            pointer={`${pointer}/${index}`}
            isDisabled={isDisabled}
            onChange={(field, next) => replace(index, withField(variant, field, next))}
          />
        </div>
      ))}
      <div className={styles.foot}>
        {!isDisabled && variants.length < (schema.maxItems ?? Number.POSITIVE_INFINITY) && (
          <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={add}>
            {t(isExperiment ? 'variants.add' : 'list.add')}
          </Button>
        )}
        {hasWeights && (
          <span className={styles.sum} data-wrong={sum !== 100} role="status">
            {t('variants.sum', { sum })}
          </span>
        )}
        {hasWeights && !isDisabled && sum !== 100 && (
          <Tooltip title={evenShares(Math.max(1, variants.length)).join(' / ')}>
            <Button size="small" onClick={shareEvenly}>
              {t('variants.even')}
            </Button>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

function withField(variant: Variant, field: string, value: unknown): Variant {
  const { [field]: _old, ...rest } = variant;
  return (value === undefined ? rest : { ...variant, [field]: value }) as Variant;
}

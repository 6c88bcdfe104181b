import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import fieldStyles from '../field.module.css';
import { FieldSet } from '../field-set.tsx';
import { useParamProblems } from '../param-problems.tsx';
import { blankOf, pickFields } from '../param-schema.ts';
import { evenShares, freshKey, sumOf, weightOf, withArm, withoutArm, withShare } from '../variant-shares.ts';
import type { WidgetProps } from '../widget.ts';
import styles from './widgets.module.css';

type Variant = { key: string; name: string; weight?: number } & Record<string, unknown>;

/** What stands in one line with the button that removes the row; the key is nobody's business but the flow's. */
const LEAD = ['name', 'weight'];
const HIDDEN = ['key'];

/**
 * The arms of an experiment, and whatever else has a way out per row. A row is known by its name; the key that edges and
 * results hold on to is given once and stays. Where there are shares, they stay a whole while rows come and go.
 */
export function VariantsWidget(props: WidgetProps) {
  const { pointer, schema, texts, value, isDisabled, params, onChange } = props;
  const { t } = useTranslation('inspector');
  const variants = (Array.isArray(value) ? value : []) as Variant[];
  const item = schema.items ?? {};
  const hasWeights = item.properties?.['weight'] !== undefined;
  // Branches, cases and events use the same rows, but only an experiment's are variants.
  const isExperiment = item.properties?.['isHoldOut'] !== undefined;
  const shares = variants.map(weightOf);
  const even = evenShares(Math.max(1, variants.length));
  const sum = sumOf(shares);
  const newKey = () => freshKey(variants.flatMap(({ key, name }) => [key, name.toLowerCase()]));
  const replace = (index: number, variant: Variant) =>
    onChange(variants.map((one, position) => (position === index ? variant : one)));

  function add(): void {
    const key = newKey();
    const added = { ...(blankOf(item) as Variant), key, name: key.toUpperCase() };
    onChange(hasWeights ? withArm(variants, added) : [...variants, added]);
  }

  function set(index: number, variant: Variant, field: string, next: unknown): void {
    if (field === 'weight' && typeof next === 'number') onChange(withShare(variants, index, next));
    else replace(index, withField(variant, field, next));
  }

  return (
    <div className={styles.items} id={props.id} role="group" aria-describedby={props.describedBy}>
      {variants.map((variant, index) => {
        const fields = {
          isDense: true,
          texts: texts.fields ?? {},
          values: variant,
          params,
          pointer: `${pointer}/${index}`,
          isDisabled,
          onChange: (field: string, next: unknown) => set(index, variant, field, next),
        };
        return (
          // oxlint-disable-next-line react/no-array-index-key -- keys from outside may be there twice: they cannot tell the rows apart
          <div key={index} className={styles.item} role="group" aria-label={variant.name}>
            <div className={styles.lead}>
              <FieldSet {...fields} schema={pickFields(item, (name) => LEAD.includes(name))} />
              {!isDisabled && variants.length > (schema.minItems ?? 0) && (
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('variants.remove', { name: variant.name })}
                  onClick={() =>
                    onChange(hasWeights ? withoutArm(variants, variant) : variants.filter((one) => one !== variant))
                  }
                />
              )}
            </div>
            <FieldSet {...fields} schema={pickFields(item, (name) => ![...LEAD, ...HIDDEN].includes(name))} />
            <KeyProblem
              pointer={`${pointer}/${index}/key`}
              onRenew={isDisabled ? undefined : () => replace(index, { ...variant, key: newKey() })}
            />
          </div>
        );
      })}
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
        {hasWeights && !isDisabled && shares.some((share, index) => share !== even[index]) && (
          <Tooltip title={even.join(' / ')}>
            <Button
              size="small"
              onClick={() => onChange(variants.map((variant, index) => ({ ...variant, weight: even[index] })))}
            >
              {t('variants.even')}
            </Button>
          </Tooltip>
        )}
      </div>
    </div>
  );
}

/** Keys that clash come from outside, as JSON: the one thing to know about a key is that it can be given anew. */
function KeyProblem({ pointer, onRenew }: { pointer: string; onRenew: (() => void) | undefined }) {
  const { t } = useTranslation('inspector');
  const { own } = useParamProblems(pointer);
  if (own.length === 0) return null;
  return (
    <div className={styles.row} data-pointer={pointer}>
      <p className={fieldStyles.problem} data-severity="error">
        {own.map(({ text }) => text).join(' ')}
      </p>
      {onRenew && (
        <Button size="small" onClick={onRenew}>
          {t('variants.renew')}
        </Button>
      )}
    </div>
  );
}

function withField(variant: Variant, field: string, value: unknown): Variant {
  const { [field]: _old, ...rest } = variant;
  return (value === undefined ? rest : { ...variant, [field]: value }) as Variant;
}

import type { MergeRule, SourceOrder, ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { OrderButtons } from '../../ui/order-buttons.tsx';
import styles from './dictionary-page.module.css';

const MERGE_RULES = ['kept', 'absorbed', 'least', 'greatest', 'together'] as const;
/** What programs say of a person is as a rule fresher than a file, and a flow only works something out. */
const FIRST_ORDER: SourceOrder = ['api', 'import', 'flow'];

interface MergeRuleFieldProps {
  type: ValueType;
  id?: string;
  value?: MergeRule | '';
  onChange?: (rule: MergeRule | '') => void;
}

/** Which of two values stays: a rule, or an order of sources that is moved up and down. */
export function MergeRuleField({ type, id, value = '', onChange }: MergeRuleFieldProps) {
  const { t } = useTranslation('governance');
  const order = Array.isArray(value) ? value : undefined;
  return (
    <>
      <Select<string>
        {...(id !== undefined && { id })}
        value={order ? 'sources' : (value as string)}
        onChange={(chosen) => onChange?.(chosen === 'sources' ? FIRST_ORDER : (chosen as MergeRule | ''))}
        options={[
          { value: '', label: t('merge.byTime') },
          { value: 'sources', label: t('merge.bySource') },
          ...MERGE_RULES.filter((rule) => isFitting(rule, type)).map((rule) => ({
            value: rule,
            label: t(`merge.rules.${rule}`),
          })),
        ]}
      />
      {order && <Sources order={order} onChange={(moved) => onChange?.(moved)} />}
    </>
  );
}

function Sources({ order, onChange }: { order: SourceOrder; onChange: (order: SourceOrder) => void }) {
  const { t } = useTranslation('governance');
  /** With the one below. */
  const swap = (index: number) =>
    onChange(order.toSpliced(index, 2, ...order.slice(index, index + 2).toReversed()) as SourceOrder);
  return (
    <>
      <ol className={styles.sources} aria-label={t('merge.sources')}>
        {order.map((source, index) => (
          <li key={source} className={styles.source}>
            <span className={styles.sourceName}>
              {index + 1}. {t(`merge.source.${source}`)}
            </span>
            <OrderButtons
              names={{
                up: t('merge.up', { name: t(`merge.source.${source}`) }),
                down: t('merge.down', { name: t(`merge.source.${source}`) }),
              }}
              onUp={index > 0 ? () => swap(index - 1) : undefined}
              onDown={index < order.length - 1 ? () => swap(index) : undefined}
            />
          </li>
        ))}
      </ol>
      <p className={styles.sourcesHelp}>{t('merge.sourcesHelp')}</p>
    </>
  );
}

function isFitting(rule: (typeof MERGE_RULES)[number], type: ValueType): boolean {
  if (rule === 'together') return type === 'list';
  return rule === 'kept' || rule === 'absorbed' || type === 'number' || type === 'date';
}

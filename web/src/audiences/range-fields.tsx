import type { Comparison } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Operand, operandsOf } from './comparison-draft.ts';
import styles from './fields.module.css';
import { OperandField } from './operand-field.tsx';

interface RangeFieldsProps {
  is: Comparison;
  type: ValueType;
  onChange: (is: Comparison) => void;
}

/** From and to, both included. A range with one end is kept here and not in the condition, which knows only whole ones. */
export function RangeFields({ is, type, onChange }: RangeFieldsProps) {
  const { t } = useTranslation('audiences');
  const [half, setHalf] = useState<readonly [Operand | undefined, Operand | undefined]>([undefined, undefined]);
  const operands = operandsOf(is);
  const [low, high] = operands.length === 2 ? operands : half;
  const accept = (from: Operand | undefined, to: Operand | undefined) => {
    setHalf([from, to]);
    onChange({ operator: is.operator, value: from === undefined || to === undefined ? [] : [from, to] });
  };
  return (
    <span className={styles.range}>
      <OperandField label={t('from')} type={type} samples={[]} value={low} onChange={(from) => accept(from, high)} />
      <span className={styles.between}>{t('and')}</span>
      <OperandField label={t('to')} type={type} samples={[]} value={high} onChange={(to) => accept(low, to)} />
    </span>
  );
}

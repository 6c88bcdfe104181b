import { arityOf, type Comparison, type ComparisonOperator } from '@sluice/shared/condition';
import { CONDITION_WORDS } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../i18n/locale-provider.tsx';
import { changeOperator, operandsOf, withOperand } from './comparison-draft.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';
import { OperandField } from './operand-field.tsx';
import { RangeFields } from './range-fields.tsx';
import { ValueList } from './value-list.tsx';

interface ComparisonFieldsProps {
  is: Comparison;
  type: ValueType;
  /** In the order of the picker. */
  operators: readonly ComparisonOperator[];
  /** Values seen, offered while typing. */
  samples: readonly string[];
  onChange: (is: Comparison) => void;
}

/** Operator and value; the value's input follows the type and how many values the operator takes. */
export function ComparisonFields({ is, type, operators, samples, onChange }: ComparisonFieldsProps) {
  const { t } = useTranslation('audiences');
  const words = CONDITION_WORDS[useLanguage()].operatorNames;
  const { isDisabled } = useEditorFacts();
  const offered = operators.includes(is.operator) ? operators : [is.operator, ...operators];
  return (
    <>
      <Select<ComparisonOperator>
        className={styles.operator ?? ''}
        aria-label={t('operator')}
        value={is.operator}
        disabled={isDisabled}
        popupMatchSelectWidth={false}
        options={offered.map((operator) => ({ value: operator, label: words[operator] }))}
        onChange={(operator) => onChange(changeOperator(is, operator))}
      />
      <Operands is={is} type={type} samples={samples} onChange={onChange} />
    </>
  );
}

function Operands({ is, type, samples, onChange }: Omit<ComparisonFieldsProps, 'operators'>) {
  const { t } = useTranslation('audiences');
  const [first] = operandsOf(is);
  switch (arityOf(is.operator)) {
    case 'none':
      return null;
    case 'many':
      return <ValueList is={is} type={type} samples={samples} onChange={onChange} />;
    case 'pair':
      return <RangeFields is={is} type={type} onChange={onChange} />;
    case 'one':
      return (
        <OperandField
          label={t('value')}
          type={type}
          samples={samples}
          value={first}
          onChange={(operand) => onChange(withOperand(is, operand))}
        />
      );
  }
}

import type { Comparison } from '@sluice/shared/condition';
import type { ValueType } from '@sluice/shared/model';
import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { operandsOf } from './comparison-draft.ts';
import { useEditorFacts } from './editor-context.ts';
import styles from './fields.module.css';

interface ValueListProps {
  is: Comparison;
  type: ValueType;
  samples: readonly string[];
  onChange: (is: Comparison) => void;
}

/** Several values: picked among those seen, typed, or pasted with commas or line breaks between them. */
export function ValueList({ is, type, samples, onChange }: ValueListProps) {
  const { t } = useTranslation('audiences');
  const { isDisabled } = useEditorFacts();
  const accept = (texts: string[]) => {
    const values = type === 'number' ? texts.map(Number).filter(Number.isFinite) : texts;
    onChange({ operator: is.operator, value: [...new Set<string | number>(values)] });
  };
  return (
    <Select<string[]>
      mode="tags"
      className={styles.value ?? ''}
      aria-label={t('values')}
      placeholder={t('valuesHelp')}
      value={operandsOf(is).map(String)}
      disabled={isDisabled}
      tokenSeparators={[',', '，', '\n', '\t']}
      options={samples.map((sample) => ({ value: sample }))}
      onChange={accept}
    />
  );
}

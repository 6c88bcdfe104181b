import { Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useDictionary } from '../audiences/use-dictionary.ts';
import styles from './create-model.module.css';

interface FeatureFieldsProps {
  mode: 'all' | 'some';
  attributes: readonly string[];
  problem: string | undefined;
  onChange: (part: { featureMode?: 'all' | 'some'; attributes?: string[] }) => void;
}

const MODES = ['all', 'some'] as const;

/** Which attributes a model may learn from: all but some, or only some. */
export function FeatureFields({ mode, attributes, problem, onChange }: FeatureFieldsProps) {
  const { t } = useTranslation('models');
  const { attributes: known } = useDictionary();
  const label = t(mode === 'all' ? 'form.exclude' : 'form.include');
  return (
    <Form.Item
      label={t('form.features')}
      extra={t('form.featureHelp')}
      {...(problem !== undefined && { validateStatus: 'error', help: problem })}
    >
      <Radio.Group
        aria-label={t('form.features')}
        optionType="button"
        value={mode}
        options={MODES.map((value) => ({ value, label: t(`form.featureModes.${value}`) }))}
        onChange={({ target }) => onChange({ featureMode: target.value as 'all' | 'some', attributes: [] })}
      />
      <Select
        mode="multiple"
        className={styles.attributes ?? ''}
        aria-label={label}
        placeholder={label}
        showSearch={{ optionFilterProp: 'label' }}
        value={[...attributes]}
        options={[...known.values()].map(({ name, displayName }) => ({ value: name, label: displayName ?? name }))}
        onChange={(chosen: string[]) => onChange({ attributes: chosen })}
      />
    </Form.Item>
  );
}
